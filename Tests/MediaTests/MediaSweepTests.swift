import Doubles
import Foundation
import GatewayCore
import Logging
import Testing

@testable import Media

@Suite("The sweep of the media folder", .timeLimit(.minutes(5)))
final class MediaSweepTests {
    private let now = Date(milliseconds: 1_790_000_000_000)
    private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    private let library: MediaLibrary

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        library = try MediaLibrary(dataDirectory: folder.path)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    private func sweep(
        _ retention: MediaSweep.Retention = .init(), needs: some MediaNeeds = KnownNeeds(),
        clock: (any DomainClock)? = nil,
        machine: Date? = nil
    ) -> MediaSweep {
        let clock = clock ?? HastyClock(at: now)
        return MediaSweep(
            library: library, needs: needs, clock: clock, machine: { machine ?? clock.now() }, retention: retention,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    /// Stores a text and dates it back.
    @discardableResult
    private func stored(_ text: String, age: Duration) async throws -> StoredMedia {
        let media = try await library.store(Array(text.utf8), contentType: "text/plain")
        try date(path(of: media), age: age)
        return media
    }

    private func date(_ path: String, age: Duration) throws {
        let time = now.addingTimeInterval(-age.seconds)
        try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
    }

    private func path(of media: StoredMedia) -> String {
        folder.appending(path: "media/\(media.hash.prefix(2))/\(media.hash)").path
    }

    private func isThere(_ media: StoredMedia) -> Bool { FileManager.default.fileExists(atPath: path(of: media)) }

    @Test("nothing is removed while a backup is made, which may need what the store needs no more")
    func whileCopied() async throws {
        let media = try await stored("old", age: .days(60))
        do {
            let backup = try #require(try FolderLock(folder.path))
            #expect(try await sweep().sweepUnlessCopied() == nil)
            #expect(isThere(media))
            withExtendedLifetime(backup) {}
        }

        #expect(try await sweep().sweepUnlessCopied()?.removedCount == 1)
        #expect(!isThere(media))
    }

    @Test("what was stored while the machine's clock was behind is young, and while it is ahead nothing is old")
    func machineSet() async throws {
        let back = now.addingTimeInterval(-Duration.days(60).seconds)
        let behind = try await stored("behind", age: .days(60))

        try await sweep(machine: back).sweep()
        #expect(isThere(behind))

        let young = try await stored("young", age: .days(1))
        try await sweep(machine: now.addingTimeInterval(Duration.days(90).seconds)).sweep()
        #expect(isThere(young))
    }

    @Test("what was not stored again for longer than the age goes, what is younger stays")
    func age() async throws {
        let old = try await stored("old", age: .days(30) + .seconds(1))
        let young = try await stored("young", age: .days(30) - .seconds(1))

        let sweep = try await sweep().sweep()

        #expect(!isThere(old))
        #expect(isThere(young))
        #expect(sweep == .init(removedCount: 1, removedBytes: 3, keptBytes: 5))
    }

    @Test("content that is stored again is as good as new")
    func storedAgain() async throws {
        let media = try await stored("picture", age: .days(365))
        _ = try await library.store(Array("picture".utf8), contentType: "image/jpeg")

        try await sweep(clock: SteadyClock()).sweep()

        #expect(isThere(media))
    }

    @Test("what is needed stays, whatever its age and whatever there is in all")
    func needed() async throws {
        let needed = try await stored("needed", age: .days(400))
        let old = try await stored("old", age: .days(399))

        let sweep = try await sweep(.init(sizeBytes: 1), needs: KnownNeeds([needed.hash])).sweep()

        #expect(isThere(needed))
        #expect(!isThere(old))
        #expect(sweep.keptBytes == 6)
    }

    @Test("of too much the oldest goes first, and no more than has to")
    func size() async throws {
        var media: [StoredMedia] = []
        for days in 1...6 { media.append(try await stored("10 bytes \(days)", age: .days(days))) }

        let sweep = try await sweep(.init(sizeBytes: 35), needs: KnownNeeds([media[5].hash])).sweep()

        #expect(media.map(isThere) == [true, true, false, false, false, true])
        #expect(sweep == .init(removedCount: 3, removedBytes: 30, keptBytes: 30))
    }

    @Test("nothing younger than an hour goes, however little may stay")
    func grace() async throws {
        let fresh = try await stored("fresh", age: .seconds(3599))
        let old = try await stored("old", age: .seconds(3601))

        let sweep = try await sweep(.init(age: .seconds(1), sizeBytes: 0)).sweep()

        #expect(isThere(fresh))
        #expect(!isThere(old))
        #expect(sweep.keptBytes == 5)
    }

    @Test("without a limit of size, size is no reason")
    func noLimit() async throws {
        let media = try await stored(String(repeating: "x", count: 100_000), age: .days(29))

        try await sweep().sweep()

        #expect(isThere(media))
    }

    @Test("many files are asked for in steps, and all that are old go")
    func steps() async throws {
        let shelf = folder.appending(path: "media/ab").path
        try FileManager.default.createDirectory(atPath: shelf, withIntermediateDirectories: true)
        for number in 0..<1201 {
            let name = "ab" + String(repeating: "0", count: 58) + String(1000 + number).suffix(4)
            _ = FileManager.default.createFile(atPath: "\(shelf)/\(name)", contents: Data("x".utf8))
            try date("\(shelf)/\(name)", age: .days(31))
        }
        let needs = KnownNeeds()

        let sweep = try await sweep(needs: needs).sweep()

        #expect(sweep.removedCount == 1000 + 201)
        #expect(needs.questions.map(\.count) == [500, 500, 201])
    }

    @Test("drafts of a day ago go, younger ones stay; names that are not ours are left alone")
    func drafts() async throws {
        let (old, young) = ("\(library.drafts)/old", "\(library.drafts)/young")
        let foreign = folder.appending(path: "media/ab/README").path
        try FileManager.default.createDirectory(
            atPath: folder.appending(path: "media/ab").path, withIntermediateDirectories: true)
        for path in [old, young, foreign] { _ = FileManager.default.createFile(atPath: path, contents: Data("x".utf8)) }
        try date(old, age: .seconds(86401))
        try date(young, age: .seconds(86399))
        try date(foreign, age: .days(1000))

        try await sweep().sweep()

        #expect(!FileManager.default.fileExists(atPath: old))
        #expect(FileManager.default.fileExists(atPath: young))
        #expect(FileManager.default.fileExists(atPath: foreign))
    }

    @Test("content that is stored after the store was asked about it stays")
    func storedMeanwhile() async throws {
        let media = try await stored("picture", age: .days(31))
        let needs = KnownNeeds { [library] in
            _ = try? await library.store(Array("picture".utf8), contentType: "image/jpeg")
        }

        let sweep = try await sweep(needs: needs).sweep()

        #expect(isThere(media))
        #expect(sweep.removedCount == 0)
    }

    @Test("whatever is stored while a sweep runs is there afterwards, whole")
    func race() async throws {
        let texts = (0..<200).map { "picture \($0)" }
        for text in texts { try await stored(text, age: .days(1000)) }
        let sweep = sweep(clock: SteadyClock())

        let media = try await withThrowingTaskGroup(of: StoredMedia?.self) { [library] group in
            group.addTask {
                _ = try await sweep.sweep()
                return nil
            }
            for text in texts {
                group.addTask { try await library.store(Array(text.utf8), contentType: "image/jpeg") }
            }
            return try await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
        }

        #expect(media.count == texts.count)
        var kept: Set<String> = []
        for medium in media { kept.insert(String(decoding: try await library.bytes(of: medium), as: UTF8.self)) }
        #expect(kept == Set(texts))
    }

    @Test("a store that cannot be asked keeps everything")
    func storeDown() async throws {
        let media = try await stored("old", age: .days(31))

        await #expect(throws: StoreFailure.self) { try await self.sweep(needs: KnownNeeds(failing: .closed)).sweep() }

        #expect(isThere(media))
    }

    @Test("it sweeps at the start and then each hour, until it is stopped, also after a failure")
    func hourly() async throws {
        let clock = SteppingClock(at: now, steps: 3)
        try await stored("old", age: .days(31))
        let needs = KnownNeeds(failing: .unavailable("locked"))
        let sweep = sweep(needs: needs, clock: clock)

        let running = Task { try await sweep.run() }
        for await _ in clock.isDone {}
        running.cancel()
        try await running.value

        #expect(clock.deadlines.map { $0.since(now) } == (1...4).map { .seconds(3600 * $0) })
        #expect(needs.questions.count == 4)
    }
}

extension Duration {
    fileprivate static func days(_ count: Int) -> Duration { .seconds(86400 * count) }
}
