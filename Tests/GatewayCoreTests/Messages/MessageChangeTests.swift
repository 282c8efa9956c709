import Foundation
import GatewayCore
import Testing

@Suite("What an outcome does to a message")
struct MessageChangeTests {
    @Test("an acceptance keeps the MessageID, and nobody claims the message again")
    func accepted() throws {
        let change = try #require(try StoredMessage.given().applying(SubmissionResult(.accepted(messageID: "M1"))))

        #expect(change.state == .submitted(messageID: "M1"))
        #expect(change.message.messageID == "M1")
        #expect(change.dueAt == nil)
        #expect(change.waiting == -1)
        #expect(!change.isEnd)
    }

    @Test("the MessageID stays with the message after its end")
    func ended() throws {
        var message = StoredMessage.given(1, .submitted(messageID: "M1"))
        message.messageID = "M1"

        let report = DeliveryReport(messageID: "M1", recipient: nil, fate: .delivered, status: "Retrieved", at: .noon)
        let change = try #require(message.applying(report))

        #expect(change.state == .delivered)
        #expect(change.message.messageID == "M1")
        #expect(change.networkTime == .noon)
        #expect(change.isEnd)
    }

    @Test("what was not accepted is due again, when the outcome says or at once", arguments: [nil, Date.noon + 60])
    func postponed(dueAt: Date?) throws {
        let change = try #require(try StoredMessage.given().applying(SubmissionResult(.postponed, dueAt: dueAt)))

        #expect(change.state == .queued)
        #expect(change.dueAt == dueAt ?? .noon)
        #expect(change.message.carriers == Carriers("north south"))
        #expect(change.waiting == 0)
    }

    @Test("an MMSC that may have the message keeps it")
    func settled() throws {
        let change = try #require(try StoredMessage.given().applying(SubmissionResult(.answerLost)))

        #expect(change.state == .inDoubt)
        #expect(change.message.carriers == Carriers(settledOn: "north"))
        #expect(change.message.mayHaveArrived)
        #expect(change.dueAt == .noon)
    }

    @Test("what an MMSC has for certain is not put in doubt by the attempts before")
    func neverUndone() throws {
        let message = StoredMessage.given(attempts: 2, mayHaveArrived: true)

        let change = try #require(
            try message.applying(SubmissionResult(.accepted(messageID: "M1")), of: message.claim(isResend: true)))

        #expect(change.message.mayHaveArrived)
        #expect(change.state == .submitted(messageID: "M1"))
    }

    @Test(
        "a request with others is repeated as it was, unless nobody has it or it is taken apart",
        arguments: [
            (MessageEvent.answerLost, false, "R-2"), (.answerLost, true, nil), (.postponed, false, nil),
            (.postponed, true, nil), (.accepted(messageID: "M1"), false, "R-2"),
        ] as [(MessageEvent, Bool, String?)])
    func shared(_ event: MessageEvent, isSplit: Bool, expected: String?) throws {
        var outcome = SubmissionResult(event)
        outcome.isSplit = isSplit

        let change = try #require(try StoredMessage.given(sharedRequest: "R-2").applying(outcome))

        #expect(change.message.sharedRequest == expected)
    }

    @Test("an attempt counts as a try unless the outcome says that it was none", arguments: [true, false])
    func tries(isTry: Bool) throws {
        var outcome = SubmissionResult(.postponed)
        outcome.isTry = isTry

        let change = try #require(try StoredMessage.given(attempts: 3).applying(outcome))

        #expect(change.isTry == isTry)
        #expect(change.message.attempts == 3)
    }

    @Test("a claim of which nothing was sent gives its attempt back, and is no attempt in the history")
    func released() throws {
        let message = StoredMessage.given(attempts: 3)

        let change = try #require(try message.applying(SubmissionResult(.released)))

        #expect(change.message.attempts == 2)
        #expect(change.isTry)
        #expect(EndedAttempt(SubmissionResult(.released), of: message.claim().first, in: message.claim()) == nil)
    }

    @Test(
        "of a claim that is not in force any more an acceptance alone counts",
        arguments: [
            (MessageEvent.accepted(messageID: "M1"), MessageState.submitted(messageID: "M1")), (.postponed, nil),
            (.refused(.refusedByMMSC), nil), (.answerLost, nil), (.released, nil),
        ] as [(MessageEvent, MessageState?)])
    func outdated(_ event: MessageEvent, state: MessageState?) throws {
        let message = StoredMessage.given(attempts: 2)

        #expect(try message.applying(SubmissionResult(event), of: message.claim(attempt: 1))?.state == state)
    }

    @Test("what one message of a claim was answered is not what the others were")
    func exceptions() throws {
        let message = StoredMessage.given()
        var outcome = SubmissionResult(.accepted(messageID: "M1"))
        outcome.exceptions[message.id] = .refused(.invalidRecipient)

        #expect(try message.applying(outcome)?.state == .failed(.invalidRecipient))
    }

    @Test("a new state has its own words, or none")
    func words() throws {
        var outcome = SubmissionResult(.postponed)
        #expect(try StoredMessage.given().applying(outcome)?.statusText == nil)

        outcome.statusText = "Service unavailable"
        #expect(try StoredMessage.given().applying(outcome)?.statusText == "Service unavailable")
    }
}

@Suite("A message that the customer withdrew on its way")
struct WithdrawnMessageTests {
    @Test(
        "is not tried again",
        arguments: [
            (MessageEvent.postponed, MessageState.cancelled), (.released, .cancelled), (.answerLost, .unknown),
            (.refused(.refusedByMMSC), .failed(.refusedByMMSC)),
        ])
    func ends(_ event: MessageEvent, state: MessageState) throws {
        let change = try #require(try StoredMessage.given(isWithdrawn: true).applying(SubmissionResult(event)))

        #expect(change.state == state)
        #expect(change.dueAt == nil)
        #expect(change.isEnd)
    }

    @Test("is to be taken back where the MMSC took it all the same")
    func takenBack() throws {
        let change = try #require(
            try StoredMessage.given(isWithdrawn: true).applying(SubmissionResult(.accepted(messageID: "M1"))))

        #expect(change.state == .submitted(messageID: "M1"))
        #expect(change.cancelDueAt == .noon)
    }

    @Test("is cancelled when the MMSC took it back, unless it came to another end")
    func withdrawn() throws {
        #expect(try StoredMessage.given(1, .submitted(messageID: "M1")).takenBack(as: "M1")?.state == .cancelled)
        #expect(try StoredMessage.given(1, .submitted(messageID: "M2")).takenBack(as: "M1") == nil)
        #expect(try StoredMessage.given(1, .delivered).takenBack(as: "M1") == nil)
    }
}

@Suite("What time does to messages")
struct TimeChangeTests {
    @Test("a lease that ends leaves the message in doubt and due, or unknown where it was withdrawn")
    func lease() throws {
        let change = try StoredMessage.given().endingLease(now: .noon)
        #expect(change.state == .inDoubt)
        #expect(change.dueAt == .noon)
        #expect(change.message.carriers == Carriers(settledOn: "north"))

        let withdrawn = try StoredMessage.given(isWithdrawn: true).endingLease(now: .noon)
        #expect(withdrawn.state == .unknown)
        #expect(withdrawn.dueAt == nil)
    }

    @Test(
        "a message without a report in time is unknown", arguments: [MessageState.submitted(messageID: "M1"), .inDoubt])
    func overdue(_ state: MessageState) throws {
        #expect(try StoredMessage.given(1, state).endingWaitForReport().state == .unknown)
    }

    @Test(
        "what waits ends by where it was",
        arguments: [
            (MessageEvent.abandoned(.expiredInQueue), MessageState.aborted(.expiredInQueue)),
            (.cancelled, .cancelled), (.abandoned(.mediaTooLarge), .aborted(.mediaTooLarge)),
        ])
    func sets(_ event: MessageEvent, queued: MessageState) throws {
        let change = try WaitingChange(event)

        #expect(change.queued == queued)
        #expect(change.inDoubt == .unknown)
    }

    @Test("a transition that there is none of is a mistake that is thrown, with what it was")
    func impossible() {
        #expect(throws: StoreFailure.broken("a message cannot be lease_ended when it is queued")) {
            try StoredMessage.given(1, .queued).endingLease(now: .noon)
        }
        #expect(throws: StoreFailure.broken("a message cannot be report_overdue when it is delivered")) {
            try StoredMessage.given(1, .delivered).endingWaitForReport()
        }
        #expect(throws: StoreFailure.broken("a message cannot be withdrawn when it is queued")) {
            try WaitingChange(.withdrawn)
        }
        #expect(throws: StoreFailure.broken("a message cannot be claimed when it is submitted")) {
            try MessageState.submitted(messageID: "M1").after(.claimed)
        }
    }

    @Test("an outcome that no claim has is such a mistake while the claim is in force, and says nothing after it")
    func impossibleOutcome() throws {
        #expect(throws: StoreFailure.broken("a message cannot be withdrawn when it is submitting")) {
            try StoredMessage.given().applying(SubmissionResult(.withdrawn))
        }
        #expect(try StoredMessage.given(1, .inDoubt).applying(SubmissionResult(.withdrawn)) == nil)
    }
}
