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
    package var outcome: Treatment
    /// X-Request-Id and traceparent of its request.
    package var requestID: String?
    package var traceParent: String?

    package struct Part: Sendable, Equatable {
        /// Without parameters.
        package var contentType: String
        package var contentID: String
        package var byteCount: Int
    }

    package enum Treatment: Sendable, Equatable {
        case accepted
        /// Known by its TransactionID: answered as before, and not delivered again.
        case repeated
        /// Taken for some of its recipients, and answered so.
        case partial
        /// Taken, and the connection closed.
        case dropped
        /// Taken, and answered late.
        case hung
        /// Taken, and the connection closed in the middle of the answer.
        case half
        /// Taken, and answered under another TransactionID.
        case misaddressed
        /// By the fault of that name, or for too many recipients.
        case refused(StatusCode)
        /// By a SOAP fault.
        case faulted(StatusCode)
        /// By a page in HTML.
        case html
        /// As if the credentials were wrong.
        case denied
        /// Against the protocol; the text says how.
        case violation(String)

        /// What it is counted under.
        var counter: WritableKeyPath<Counts, Int> {
            switch self {
            case .accepted: \.accepted
            case .repeated: \.repeated
            case .partial: \.partial
            case .dropped: \.dropped
            case .hung: \.hung
            case .half: \.half
            case .misaddressed: \.misaddressed
            case .refused: \.refused
            case .faulted: \.faulted
            case .html: \.html
            case .denied: \.denied
            case .violation: \.violations
            }
        }
    }
}

/// A CancelReq as the MMSC saw it.
package struct ReceivedWithdrawal: Sendable, Equatable {
    package var messageID: String
    /// X-Request-Id and traceparent of its request.
    package var requestID: String?
    package var traceParent: String?
}
