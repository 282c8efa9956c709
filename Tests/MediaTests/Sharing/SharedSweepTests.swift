import Doubles
import Foundation
import GatewayCore
import Logging
import Testing

@testable import Media

@Suite("Sweeping media that several gateways share")
struct SharedSweepTests {
    private let shelf = SharedShelf()

    private func sweep(
        _ retention: MediaSweep.Retention = .init(), needs: KnownNeeds = KnownNeeds(),
        isHousekeeper: @escaping @Sendable () -> Bool = { true }
    ) async throws -> MediaSweep.Sweep {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let clock = HastyClock(at: .distantFuture)
        let sweep = MediaSweep(
            library: try MediaLibrary(dataDirectory: folder.path, shared: shelf), needs: needs, clock: clock,
            machine: { .distantFuture }, retention: retention, isHousekeeper: isHousekeeper,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        return try await sweep.sweep(shelf)
    }

    @Test("removes what is old and not needed")
    func old() async throws {
        for name in ["needed", "old"] { shelf.set(Array(name.utf8), as: name) }
        shelf.pass(.seconds(31 * 86_400))
        shelf.set(Array("young".utf8), as: "young")

        let sweep = try await sweep(needs: KnownNeeds(["needed"]))

        #expect(shelf.hashes == ["needed", "young"])
        #expect(sweep.removedCount == 1 && sweep.removedBytes == 3)
    }

    @Test("removes the oldest where there is too much, but nothing within an hour of its storing")
    func size() async throws {
        for name in ["first", "second", "third"] {
            shelf.set(Array(name.utf8), as: name)
            shelf.pass(.seconds(10))
        }
        shelf.pass(.seconds(3600))
        shelf.set([UInt8](repeating: 1, count: 20), as: "young")

        let sweep = try await sweep(.init(sizeBytes: 30), needs: KnownNeeds(["first"]))

        #expect(shelf.hashes == ["first", "third", "young"])
        #expect(sweep.keptBytes == 30)
    }

    @Test("spares what is stored again between the question whether it is needed and the removal")
    func meanwhile() async throws {
        shelf.set(Array("again".utf8), as: "again")
        shelf.pass(.seconds(40 * 86_400))

        let sweep = try await sweep(needs: KnownNeeds(whenAsked: { [shelf] in _ = try? await shelf.renew("again") }))

        #expect(shelf.hashes == ["again"])
        #expect(sweep.removedCount == 0)
    }

    @Test("is one gateway's work at a time")
    func housekeeper() async throws {
        shelf.set(Array("old".utf8), as: "old")
        shelf.pass(.seconds(40 * 86_400))

        _ = try await sweep(isHousekeeper: { false })

        #expect(shelf.hashes == ["old"])
    }
}
