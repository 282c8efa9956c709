/// What can happen to a message.
package enum MessageEvent: Sendable, Hashable {
    /// A worker took it to submit it, the first time or again.
    case claimed
    /// The claim ended and nothing of the request was sent.
    case released
    /// The MMSC answered 1000 and named the message.
    case accepted(messageID: String)
    /// The MMSC refused it, and would refuse it again.
    case refused(MessageState.Failure)
    /// Nothing was accepted; a later attempt may succeed.
    case postponed
    /// The request may have arrived and its answer did not.
    case answerLost
    /// A worker ended without saying how far it came, as after a crash.
    case leaseEnded
    /// A SubmitReq may have arrived, and there will not be another.
    case gaveUp
    /// It cannot or may not be sent any more.
    case abandoned(MessageState.Failure)
    case cancelled
    /// The database is an older one, restored: what is queued there may have been sent since.
    case restored
    /// The MMSC took it back for us, by its answer to CancelReq.
    case withdrawn
    /// A delivery report came.
    case reported(ReportedFate)
    /// The time for a final report is over.
    case reportOverdue
}

/// What a delivery report says of a message, in our words.
package enum ReportedFate: Sendable, Hashable {
    case delivered
    case expired
    case rejected
    case failed(MessageState.Failure)
    case cancelled
    /// On its way, or the network does not know: a later report or the timer settles it.
    case pending
}

extension MessageState {
    /// The state after the event, or nil when the event changes nothing here: a repeated report, a report after the
    /// final one, a cancellation that comes too late.
    ///
    /// The diagrams of `docs/life-of-a-message.md` are held to this function by a test.
    ///
    /// - Parameter mayHaveArrived: whether a SubmitReq before the one at hand was sent and not answered. What says no
    ///   more than that this one was not taken then leaves the message in doubt.
    package func applying(_ event: MessageEvent, mayHaveArrived: Bool = false) -> MessageState? {
        switch (self, event) {
        case (.queued, .claimed), (.inDoubt, .claimed): .submitting
        case (.queued, .cancelled): .cancelled
        case (.queued, .restored): .inDoubt
        case (.queued, .abandoned(let failure)): .aborted(failure)

        case (.submitting, .accepted(let messageID)): .submitted(messageID: messageID)
        // The answer to a repeat says nothing of the request before it: the MMSC may have the message.
        case (.submitting, .refused(let failure)): mayHaveArrived ? .unknown : .failed(failure)
        case (.submitting, .abandoned(let failure)): mayHaveArrived ? .unknown : .aborted(failure)
        case (.submitting, .postponed), (.submitting, .released): mayHaveArrived ? .inDoubt : .queued
        case (.submitting, .answerLost), (.submitting, .leaseEnded): .inDoubt
        case (.submitting, .gaveUp), (.inDoubt, .gaveUp): .unknown
        // It is not sent again; whether the MMSC has it nobody knows.
        case (.inDoubt, .cancelled): .unknown

        // The answer came after the lease had ended.
        case (.inDoubt, .accepted(let messageID)): .submitted(messageID: messageID)
        case (.inDoubt, .refused(let failure)): mayHaveArrived ? .unknown : .failed(failure)
        case (.inDoubt, .abandoned), (.inDoubt, .reportOverdue): .unknown

        case (.submitted, .reported(.delivered)): .delivered
        case (.submitted, .reported(.expired)): .expired
        case (.submitted, .reported(.rejected)): .rejected(.refusedByNetwork)
        case (.submitted, .reported(.failed(let failure))): .failed(failure)
        case (.submitted, .reported(.cancelled)): .cancelled
        case (.submitted, .reportOverdue): .unknown
        case (.submitted, .withdrawn): .cancelled

        // A report that comes after the end is believed where nobody knew, and where the network gave up too early.
        case (.expired, .reported(.delivered)), (.rejected, .reported(.delivered)), (.failed, .reported(.delivered)):
            .delivered
        // Some MMSCs agree to a CancelReq and do nothing.
        case (.unknown, .reported(.delivered)), (.cancelled, .reported(.delivered)): .delivered
        case (.unknown, .reported(.expired)): .expired
        case (.unknown, .reported(.rejected)): .rejected(.refusedByNetwork)
        case (.unknown, .reported(.failed(let failure))): .failed(failure)

        default: nil
        }
    }
}
