import GatewayCore
import Testing

@Suite("The life of a message")
struct MessageStateTests {
    static let states: [MessageState] = [
        .queued, .submitting, .inDoubt, .submitted(messageID: "M1"), .delivered, .expired,
        .rejected(.refusedByNetwork), .failed(.undelivered), .unknown, .cancelled, .aborted(.mediaUnreachable),
    ]
    static let events: [MessageEvent] = [
        .claimed, .released, .accepted(messageID: "M2"), .refused(.refusedByMMSC), .postponed, .answerLost,
        .leaseEnded, .gaveUp, .abandoned(.expiredInQueue), .cancelled, .restored, .withdrawn, .reported(.delivered),
        .reported(.expired),
        .reported(.rejected), .reported(.failed(.unreachable)), .reported(.cancelled), .reported(.pending),
        .reportOverdue,
    ]

    /// Every way there is; what is not in here changes nothing.
    static let ways: [MessageState: [MessageEvent: MessageState]] = [
        .queued: [
            .claimed: .submitting, .cancelled: .cancelled, .abandoned(.expiredInQueue): .aborted(.expiredInQueue),
            .restored: .inDoubt,
        ],
        .submitting: [
            .accepted(messageID: "M2"): .submitted(messageID: "M2"),
            .refused(.refusedByMMSC): .failed(.refusedByMMSC),
            .abandoned(.expiredInQueue): .aborted(.expiredInQueue),
            .postponed: .queued, .released: .queued, .answerLost: .inDoubt, .leaseEnded: .inDoubt, .gaveUp: .unknown,
        ],
        .inDoubt: [
            .claimed: .submitting, .accepted(messageID: "M2"): .submitted(messageID: "M2"),
            .refused(.refusedByMMSC): .failed(.refusedByMMSC), .abandoned(.expiredInQueue): .unknown,
            .gaveUp: .unknown, .cancelled: .unknown, .reportOverdue: .unknown,
        ],
        .submitted(messageID: "M1"): [
            .reported(.delivered): .delivered, .reported(.expired): .expired,
            .reported(.rejected): .rejected(.refusedByNetwork),
            .reported(.failed(.unreachable)): .failed(.unreachable), .reported(.cancelled): .cancelled,
            .reportOverdue: .unknown, .withdrawn: .cancelled,
        ],
        // What is said after the end.
        .expired: [.reported(.delivered): .delivered],
        .rejected(.refusedByNetwork): [.reported(.delivered): .delivered],
        .failed(.undelivered): [.reported(.delivered): .delivered],
        .cancelled: [.reported(.delivered): .delivered],
        .unknown: [
            .reported(.delivered): .delivered, .reported(.expired): .expired,
            .reported(.rejected): .rejected(.refusedByNetwork),
            .reported(.failed(.unreachable)): .failed(.unreachable),
        ],
    ]

    @Test("each event leads where the table says, and nowhere else", arguments: states, events)
    func table(_ state: MessageState, _ event: MessageEvent) {
        #expect(state.applying(event) == Self.ways[state]?[event])
    }

    @Test(
        "what may have arrived is never as if it had not",
        arguments: [
            (MessageEvent.postponed, MessageState.inDoubt), (.released, .inDoubt), (.answerLost, .inDoubt),
            (.leaseEnded, .inDoubt), (.abandoned(.expiredInQueue), .unknown), (.gaveUp, .unknown),
            (.accepted(messageID: "M2"), .submitted(messageID: "M2")),
            (.refused(.refusedByMMSC), .unknown),
        ])
    func resend(_ event: MessageEvent, _ state: MessageState) {
        #expect(MessageState.submitting.applying(event, mayHaveArrived: true) == state)
    }

    @Test("a final state changes into another final one or not at all", arguments: states.filter(\.isFinal), events)
    func final(_ state: MessageState, _ event: MessageEvent) {
        #expect(state.applying(event)?.isFinal != false)
        #expect(state.applying(event, mayHaveArrived: true) == state.applying(event))
    }

    @Test("what was delivered stays delivered, whatever is said later", arguments: events)
    func delivered(_ event: MessageEvent) {
        #expect(MessageState.delivered.applying(event) == nil)
    }

    @Test("every state that is not final has a way on", arguments: states.filter { !$0.isFinal })
    func wayOn(_ state: MessageState) {
        #expect(Self.events.contains { state.applying($0)?.isFinal == true || state.applying($0) == .submitting })
    }

    @Test("webhooks tell what the customer asked for", arguments: states)
    func told(_ state: MessageState) {
        #expect(!Interest([]).includes(state))
        #expect(!Interest.endSummary.includes(state))
        #expect(!Interest.endFull.includes(state))
        #expect(Interest.final.includes(state) == state.isFinal)
        #expect(
            Interest([.submitted, .final]).includes(state) == (state.isFinal || state == .submitted(messageID: "M1")))
    }
}
