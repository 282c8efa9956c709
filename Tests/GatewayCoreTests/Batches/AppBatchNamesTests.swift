import Foundation
import GatewayCore
import Testing

@Suite("The names of the messages of an app's batch")
struct AppBatchNamesTests {
    private static func batch(_ id: ULID, at time: Date = Date(milliseconds: 1_800_000_000_123)) -> AppBatch {
        AppBatch(
            id: id, owner: .app("a", project: "p"), createdAt: time, sendAfter: time, isLater: false,
            recipientCount: 100_000, phase: .ready, metadata: "", keys: [])
    }

    @Test("are the same whenever they are asked for, rise with the recipients, and have the time of the batch")
    func names() {
        let batch = Self.batch(ULID(high: 1, low: 2))
        let names = (0..<1000).flatMap { batch.names(ofRecipient: $0) }

        #expect(names == (0..<1000).flatMap { batch.names(ofRecipient: $0) })
        #expect(names == names.sorted())
        #expect(Set(names).count == 2000)
        #expect(Set(names.map(\.milliseconds)) == [1_800_000_000_123])
    }

    @Test("are no other batch's, also where two were made one after the other")
    func others() {
        let names = (0..<100).flatMap { low in
            (0..<100).flatMap { Self.batch(ULID(high: 1, low: low)).names(ofRecipient: $0) }
        }

        #expect(Set(names).count == names.count)
    }
}
