import Foundation
import GatewayCore
import Testing

@Suite("How far a batch is")
struct BatchStatusTests {
    private func status(
        isCanceled: Bool = false, beginsAt: Date? = nil, isUnexpanded: Bool = false
    ) -> BatchStatus {
        BatchStatus(isCanceled: isCanceled, revision: 3, beginsAt: beginsAt, isUnexpanded: isUnexpanded)
    }

    private func messages(queued: Int = 0, left: Int = 0, all: Int? = nil) -> BatchStatus.Messages {
        BatchStatus.Messages(queued: queued, left: left, all: all ?? queued + left)
    }

    @Test("as long as nothing has left it may be replaced, by one that was made from its revision")
    func replaced() {
        #expect(status().refusal(ofOneMadeFrom: 3, messages: messages(queued: 2)) == nil)
        #expect(status().refusal(ofOneMadeFrom: 2, messages: messages(queued: 2)) == .outdated)
    }

    @Test("it may not when a message has left, when none is left to change, or when it was cancelled")
    func dispatched() {
        #expect(status().refusal(ofOneMadeFrom: 3, messages: messages(queued: 2, left: 1)) == .dispatched)
        #expect(status().refusal(ofOneMadeFrom: 3, messages: messages()) == .dispatched)
        #expect(status(isCanceled: true).refusal(ofOneMadeFrom: 3, messages: messages(queued: 2)) == .dispatched)
    }

    @Test("a batch to groups may be replaced before it has messages, and not when it has thousands")
    func groups() {
        #expect(status(isUnexpanded: true).refusal(ofOneMadeFrom: 3, messages: messages()) == nil)
        #expect(status().refusal(ofOneMadeFrom: 3, messages: messages(queued: 2_001)) == .dispatched)
        #expect(status().refusal(ofOneMadeFrom: 3, messages: messages(queued: 2_000)) == nil)
    }

    @Test(
        "cancelling drops the messages of a batch that has not begun, and withdraws those of any other",
        arguments: [
            (nil, 0, BatchStatus.Cancelling.withdraws), (Date.noon + 60, 0, .dropsMessages), (.noon, 0, .withdraws),
            // The clock was set back since.
            (Date.noon + 60, 1, .withdraws),
        ] as [(Date?, Int, BatchStatus.Cancelling)])
    func cancelled(beginsAt: Date?, left: Int, expected: BatchStatus.Cancelling) {
        #expect(status(beginsAt: beginsAt).cancelling(messages(queued: 2, left: left), now: .noon) == expected)
    }
}
