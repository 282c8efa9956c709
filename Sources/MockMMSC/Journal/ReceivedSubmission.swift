package import MM7

/// A SubmitReq as the MMSC saw it.
package struct ReceivedSubmission: Sendable {
    /// Absent when it could not be found.
    package var transactionID: String?
    /// The name it was given; nil unless it was taken.
    package var messageID: String?
    /// Those who get a copy, normalized.
    package var recipients: [String] = []
    package var subject: String?
    /// The leaves of the content in their order; strict checks only.
    package var parts: [Part] = []
    /// The whole body.
    package var byteCount = 0
    package var outcome: Outcome

    package struct Part: Sendable, Equatable {
        /// Without parameters.
        package var contentType: String
        package var contentID: String
        package var byteCount: Int
    }

    package enum Outcome: Sendable, Equatable {
        case accepted
        /// Known by its TransactionID: answered as before, and not delivered again.
        case repeated
        /// By the fault of that name.
        case refused(StatusCode)
        /// Taken, and the connection closed.
        case dropped
        /// Against the protocol; the text says how.
        case violation(String)
    }
}
