/// Where a message is in its life. `applying(_:)` is the only way from one state to the next.
package enum MessageState: Sendable, Hashable {
    /// Accepted, waiting for its time, its media or a permit.
    case queued
    /// Claimed by a worker; a SubmitReq is sent, or about to be.
    case submitting
    /// A SubmitReq left and its answer was lost: the MMSC may have the message.
    case inDoubt
    /// The MMSC took it under this MessageID.
    case submitted(messageID: String)
    case delivered
    /// The MMSC gave up: not fetched in time.
    case expired
    /// The recipient or the network refused it.
    case rejected(Failure)
    /// The MMSC refused it, or reported that it cannot be delivered.
    case failed(Failure)
    /// Handed over, and no final report came in time.
    case unknown
    /// Withdrawn by the customer before it was handed over, or before anybody fetched it.
    case cancelled
    /// Ended here, before any MMSC had it.
    case aborted(Failure)

    /// Whether nothing can change it any more, and the customer is to be notified.
    package var isFinal: Bool {
        switch self {
        case .queued, .submitting, .inDoubt, .submitted: false
        case .delivered, .expired, .rejected, .failed, .unknown, .cancelled, .aborted: true
        }
    }

    /// Every state that is not final, the MessageID aside.
    package static let allOpen: [MessageState] = [.queued, .submitting, .inDoubt, .submitted(messageID: "")]

    /// Every state that is final.
    package static let allFinal: [MessageState] =
        [.delivered, .expired, .unknown, .cancelled]
        + Failure.allCases.flatMap { [.rejected($0), .failed($0), .aborted($0)] }
}

extension MessageState {
    /// Whether no MMSC is known to have it, and it is still to be sent.
    package var isWaiting: Bool {
        switch self {
        case .queued, .submitting, .inDoubt: true
        case .submitted, .delivered, .expired, .rejected, .failed, .unknown, .cancelled, .aborted: false
        }
    }
}
