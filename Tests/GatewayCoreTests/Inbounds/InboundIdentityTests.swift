import Foundation
import GatewayCore
import Testing

@Suite("What a DeliverReq is known again by")
struct InboundIdentityTests {
    private func identity(linkedID: String?, transactionID: String?, isAnswer: Bool = false) -> InboundIdentity {
        InboundIdentity(
            of: InboundDelivery(
                linkedID: linkedID, transactionID: transactionID, fingerprint: "f", copies: []),
            from: "north", isAnswer: isAnswer)
    }

    @Test(
        "is its LinkedID before its TransactionID, and the fingerprint alone where it has neither",
        arguments: [
            ("L1", "T1", "linked L1", true), (nil, "T1", "transaction T1", true), (nil, "", "none", false),
            (nil, nil, "none", false),
        ] as [(String?, String?, String, Bool)])
    func names(linkedID: String?, transactionID: String?, delivery: String, isNamed: Bool) {
        let identity = identity(linkedID: linkedID, transactionID: transactionID)

        #expect(identity == InboundIdentity(mmsc: "north", delivery: delivery, fingerprint: "f"))
        #expect(identity.isNamed == isNamed)
    }

    @Test("is not the LinkedID that names a message of ours, for the next answer to that has the same")
    func answers() {
        #expect(identity(linkedID: "M1", transactionID: "T1", isAnswer: true).delivery == "transaction T1")
    }

    @Test("a copy to a number where it came before is not taken, and one to another number is")
    func recurrence() {
        let (one, two) = (inbound(1, to: "12025550108"), inbound(2, to: "12025550109"))
        var recurrence = InboundRecurrence()
        #expect(recurrence.needsRoom)

        recurrence.known = [one.to]

        #expect(!recurrence.takes(one))
        #expect(recurrence.takes(two))
        #expect(!recurrence.needsRoom)
        #expect(recurrence.result(taking: [two.id]) == .taken([two.id]))
        #expect(recurrence.result(taking: []) == .repeated)
    }

    @Test("another message under the same identifier is taken, and said to be so")
    func reused() {
        var recurrence = InboundRecurrence()
        recurrence.isReused = true

        #expect(recurrence.result(taking: [.number(1)]) == .takenAnew([.number(1)]))
    }

    private func inbound(_ number: UInt64, to recipient: String) -> Inbound {
        Inbound(id: .number(number), owner: nil, from: "12025550101", to: recipient, receivedAt: .noon)
    }
}

@Suite("What an inbound message answers")
struct InboundAnswerTests {
    private let candidates = [
        InboundAnswer.Candidate(owner: 1, recipient: "12125559999", reference: "other"),
        InboundAnswer.Candidate(owner: 1, recipient: "12025550101", reference: "ours"),
    ]

    @Test(
        "is the newest message with the MessageID that went to the handset, however its number is written",
        arguments: [("12025550101", "ours"), ("5550101", "ours"), ("12125559999", "other"), ("12025550199", nil)]
            as [(String, String?)])
    func handset(_ handset: String, reference: String?) {
        #expect(InboundAnswer.message(to: handset, among: candidates)?.reference == reference)
    }

    @Test("is nothing where the sender is no number", arguments: ["", "550101", "ad@x"])
    func noNumber(_ handset: String) {
        #expect(InboundAnswer.message(to: handset, among: candidates) == nil)
    }

    @Test("what a customer calls its message is told to no other")
    func owners() {
        #expect(candidates[0].isKnown(to: 1))
        #expect(!candidates[0].isKnown(to: 2))
    }

    @Test("was sent in the three days before, and expires within three days after it was sent")
    func times() {
        let threeDays: TimeInterval = 72 * 3600
        let (before, after) = (Date.noon - threeDays, Date.noon + threeDays)

        #expect(InboundAnswer.sent(before: .noon) == before...Date.noon)
        #expect(InboundAnswer.expiring(before: .noon) == before...after)
    }
}
