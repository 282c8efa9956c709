import Foundation
import GatewayCore
import Testing

@testable import ConversationAPI

@Suite("Whose batch is next")
struct BatchTurnsTests {
    private static let now = Date(timeIntervalSince1970: 1_773_064_800)
    private let turns = BatchTurns(capacity: 4)
    private let ids = ULIDGenerator()

    private func batches(of app: String, in project: String? = nil, _ count: Int) -> [AppBatch] {
        (0..<count).map { _ in
            AppBatch(
                id: ids.next(at: Self.now), owner: .app(app, project: project ?? app), createdAt: Self.now,
                sendAfter: Self.now,
                isLater: false, recipientCount: 1, phase: .ready, metadata: "", keys: [])
        }
    }

    @Test("an app has half of the places, however many batches it has")
    func half() {
        let many = batches(of: "A", 10)

        #expect(turns.begin(many).map(\.id) == many.prefix(2).map(\.id))
        let other = batches(of: "B", 3)
        #expect(turns.begin(Array(many.dropFirst(2)) + other).map(\.id) == other.prefix(2).map(\.id))
    }

    @Test("a project with many apps has no more than one with one app")
    func manyApps() {
        let many = (0..<10).flatMap { batches(of: "A\($0)", in: "P", 1) }

        #expect(turns.begin(many).map(\.id) == many.prefix(2).map(\.id))
        let other = batches(of: "B", in: "Q", 1)
        #expect(turns.begin(Array(many.dropFirst(2)) + other).map(\.id) == other.map(\.id))
    }

    @Test("whoever had no turn for the longest comes first")
    func turn() {
        let (a, b, c) = (batches(of: "A", 4), batches(of: "B", 4), batches(of: "C", 1))
        let begun = turns.begin(a + b)
        #expect(begun.count == 4)
        turns.end(a[0])

        #expect(turns.begin(Array(a.dropFirst(2)) + c).map(\.id) == [c[0].id])
    }

    @Test("a batch that could not be worked on is left alone for a while")
    func postponed() {
        let batch = batches(of: "A", 1)
        _ = turns.begin(batch)
        turns.end(batch[0], postponedUntil: Self.now + 60)

        #expect(turns.begin(batch).isEmpty)
        #expect(turns.nextEnd == Self.now + 60)
        #expect(turns.postponedCount(now: Self.now) == 1)
        #expect(turns.postponedCount(now: Self.now + 60) == 0)
        #expect(turns.begin(batch) == batch)
    }
}
