import Foundation
import GatewayCore
import Testing

@testable import Media

@Suite("Keys that gateways share")
struct SharedKeyTests {
    private let file = KeyFile("media.key", the: "key of media links", loss: "ends them")
    private let shelf = SharedShelf()

    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.path)
    }

    @Test("one is made once for all, and no file of it")
    func made() async throws {
        try await withFolder { folder in
            let first = try await file.octets(in: folder, sharedBy: shelf)
            let second = try await file.octets(in: folder, sharedBy: shelf)

            #expect(first.isNew && !second.isNew)
            #expect(first.octets == second.octets && first.octets.count == 32)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }

    @Test("the one of a data directory goes on for all")
    func adopted() async throws {
        try await withFolder { folder in
            let own = try file.octets(in: folder).octets

            let shared = try await file.octets(in: folder, sharedBy: shelf)

            #expect(shared.octets == own && !shared.isNew)
            #expect(try await shelf.key("media.key") == own)
            #expect(try await file.allKept(in: folder, sharedBy: shelf) == [own])
        }
    }

    @Test("another one in a data directory is refused, with what to do")
    func different() async throws {
        try await withFolder { folder in
            let shared = try await file.octets(in: folder, sharedBy: shelf).octets
            let own = try file.octets(in: folder).octets

            let failure = await #expect(throws: DiskFailure.self) {
                try await file.octets(in: folder, sharedBy: shelf)
            }

            #expect(failure?.description.contains("Move the file away") == true)
            #expect(failure?.description.contains("which ends them with the key of the file") == true)
            #expect(try await file.allKept(in: folder, sharedBy: shelf) == [own, shared])
        }
    }

    @Test("what is no key in the database is refused")
    func damaged() async throws {
        try await withFolder { folder in
            _ = try await shelf.key("media.key", orKeep: [1, 2, 3])

            await #expect(throws: DiskFailure.self) { try await file.octets(in: folder, sharedBy: shelf) }
        }
    }

    @Test("none can be had while the database is away")
    func away() async throws {
        try await withFolder { folder in
            shelf.fail(.unavailable("the server is away"))

            let failure = await #expect(throws: DiskFailure.self) {
                try await file.octets(in: folder, sharedBy: shelf)
            }

            #expect(failure?.description.contains("the server is away") == true)
        }
    }
}
