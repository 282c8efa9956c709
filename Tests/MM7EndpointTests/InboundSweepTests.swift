import Doubles
import Foundation
import GatewayCore
import Logging
import MM7Endpoint
import Testing

@Suite("Old messages from handsets")
struct InboundSweepTests {
    private struct Clock: DomainClock {
        func now() -> Date { Date(milliseconds: 1_775_120_400_000) }
        func sleep(until deadline: Date) async throws { throw CancellationError() }
    }

    private actor Store: InboundStore {
        private(set) var limits: [Date] = []

        func dropInbounds(receivedBefore time: Date, limit: Int) async throws(StoreFailure) -> Int {
            limits.append(time)
            // The first step is a full one.
            return limits.count == 1 ? limit : 3
        }

        func receive(
            _ delivery: InboundDelivery, from mmsc: String, now: Date
        ) throws(StoreFailure) -> InboundResult { throw .closed }

        func hasRoomForUnowned(upTo most: Int) throws(StoreFailure) -> Bool { throw .closed }
    }

    @Test("go step by step once they are older than they are kept for", arguments: [1, 14])
    func sweep(days: Int) async throws {
        let store = Store()
        let sweep = InboundSweep(
            store: store, retention: .seconds(days * 86_400), clock: Clock(), logger: Logger(label: "test"))

        try await sweep.sweep()

        let limit = Clock().now() + .seconds(-days * 86_400)
        #expect(await store.limits == [limit, limit])
    }
}
