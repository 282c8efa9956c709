import GatewayCore
import Testing

@Suite("What a customer wants to be notified of")
struct InterestTests {
    @Test("nothing tells nothing")
    func nothing() {
        #expect(!Interest([]).includes(.delivered))
        #expect(!Interest([]).includesEndOfBatch)
        #expect(Interest([]).description == "nothing")
    }

    @Test("the customer is notified of the end as a summary or in full, and no message by itself")
    func end() {
        for interest in [Interest.endSummary, .endFull] {
            #expect(interest.includesEndOfBatch)
            #expect(!interest.includes(.delivered))
        }
    }

    @Test("the customer is notified of a message when it is handed over, when it is final, or both")
    func messages() {
        let handedOver = MessageState.submitted(messageID: "M1")

        #expect(Interest.submitted.includes(handedOver))
        #expect(!Interest.submitted.includes(.delivered))
        #expect(Interest.final.includes(.delivered))
        #expect(!Interest.final.includes(handedOver))
        #expect(!Interest([.submitted, .final]).includes(.queued))
    }

    @Test("it reads as words")
    func words() {
        #expect(Interest([.submitted, .final, .endFull]).description == "submitted final end_full")
    }
}
