import Doubles
import Foundation
import GatewayCore
import MM7
import Synchronization
import Testing

@testable import MM7Endpoint

@Suite("The newest unreadable posts")
struct RecentUnreadableTests {
    /// A wall clock and a monotonic clock that go together.
    private final class Clocks: DomainClock {
        private let offset = Mutex(0)
        private let start = ContinuousClock.now

        func advance(seconds: Int) { offset.withLock { $0 += seconds } }

        func now() -> Date { Date(timeIntervalSince1970: 1_790_000_000 + Double(offset.withLock { $0 })) }

        func sleep(until deadline: Date) async throws {}

        var monotonic: MonotonicClock {
            MonotonicClock(now: { [start, self] in start + .seconds(offset.withLock { $0 }) })
        }
    }

    private let clocks = Clocks()

    private func withRecent(_ body: (RecentUnreadable, _ folder: String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(
            RecentUnreadable(dataDirectory: folder.path(), clock: clocks, monotonic: clocks.monotonic), folder.path())
    }

    private func keep(
        _ text: String, in recent: RecentUnreadable, from mmsc: String = "north", _ code: MM7Error.Code = .notWellFormed
    ) async {
        recent.keep(Array(text.utf8), contentType: "text/xml", because: MM7Error(code, "why"), from: mmsc)
        await recent.settle()
    }

    @Test("each is kept masked, with its time, its MMSC and the reason")
    func kept() async throws {
        try await withRecent { recent, folder in
            await keep("<a>Hello", in: recent)

            let post = try #require(UnreadablePost.kept(in: folder).first)
            #expect(post.text == "<a>•••")
            #expect(post.mmsc == "north")
            #expect(post.at == "2026-09-21T14:13:20.000Z")
            #expect(post.reason.contains("why"))
            #expect(post.byteCount == 8)
        }
    }

    @Test("a flood of one kind leaves the others where they are: one in ten seconds is kept")
    func flood() async throws {
        try await withRecent { recent, folder in
            await keep("<first", in: recent)
            await keep("<second", in: recent)
            clocks.advance(seconds: 1)
            await keep("<other", in: recent, .tooDeep)
            clocks.advance(seconds: 9)
            await keep("<third", in: recent)

            #expect(UnreadablePost.kept(in: folder).map(\.text) == ["<third", "<other", "<first"])
        }
    }

    @Test("twenty of an MMSC are kept, and the oldest go; other MMSCs keep theirs")
    func ring() async throws {
        try await withRecent { recent, folder in
            await keep("<south", in: recent, from: "south")
            for number in 0..<25 {
                await keep("<n\(number)", in: recent)
                clocks.advance(seconds: 10)
            }

            let north = UnreadablePost.kept(in: folder, from: "north").map(\.text)
            #expect(north == (5..<25).reversed().map { "<n\($0)" })
            #expect(UnreadablePost.kept(in: folder).count == 21)
        }
    }

    @Test("where nothing can be written nothing is kept, and nobody waits")
    func unwritable() async throws {
        try await withRecent { recent, folder in
            try Data().write(to: URL(filePath: folder + "/unreadable"))

            await keep("<a", in: recent)

            #expect(UnreadablePost.kept(in: folder) == [])
        }
    }
}
