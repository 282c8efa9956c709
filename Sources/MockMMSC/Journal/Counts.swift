/// What happened so far. Every submission is counted once as `received` and once under what became of it, down to
/// `violations`. In JSON the names are in snake case.
package struct Counts: Sendable, Equatable, Codable {
    /// Posts whose body was read, whatever it was.
    package var received = 0
    package var accepted = 0
    /// Taken before and answered as then.
    package var repeated = 0
    /// Taken for some of the recipients.
    package var partial = 0
    /// Taken, and the connection closed without an answer.
    package var dropped = 0
    /// Taken, and answered when the peer had hardly any patience left.
    package var hung = 0
    /// Taken, and the connection closed in the middle of the answer.
    package var half = 0
    /// Taken, and answered under another TransactionID.
    package var misaddressed = 0
    /// Refused by a SubmitRsp.
    package var refused = 0
    /// Refused by a SOAP fault.
    package var faulted = 0
    /// Not taken, and answered with a page.
    package var html = 0
    /// Not taken for credentials that were right.
    package var denied = 0
    package var violations = 0
    /// Posts without the right credentials; they are not among those received.
    package var unauthorized = 0
    /// Connections closed before a body was read; their posts are not among those received.
    package var reset = 0
    /// Posts that are being checked or answered at this moment.
    package var open = 0
    /// The most of them at any moment.
    package var mostOpen = 0
    /// The most submissions within any second.
    package var mostInSecond = 0
    /// TransactionIDs whose accounts were dropped for newer ones. While there are none, the accounts are complete.
    package var forgotten = 0

    /// CancelReqs that passed the checks; they are not among the submissions.
    package var cancelsReceived = 0
    /// Answered with 1000, those of messages that were taken back before included.
    package var cancelsAccepted = 0
    /// Answered with 3001: a report was posted.
    package var cancelsTooLate = 0
    /// Answered with 2005.
    package var cancelsUnknown = 0
    /// Answered with a fault, for they are against the protocol.
    package var cancelViolations = 0

    /// Posts of reports, repetitions included.
    package var reportsPosted = 0
    /// Posts answered with 1000, those of unknown MessageIDs excepted.
    package var reportsAnswered = 0
    /// Posts of a report that was posted before without a 1000.
    package var reportsRepeated = 0
    /// Reports that will not be posted again, for the tries are used up or the answer was a refusal; those of unknown
    /// MessageIDs excepted.
    package var reportsGivenUp = 0
    /// Second reports of what was reported already.
    package var reportsDuplicated = 0
    /// Reports posted before the SubmitRsp.
    package var reportsEarly = 0
    /// Reports with Sender and Recipient exchanged.
    package var reportsSwapped = 0
    /// Reports with another form of the recipient's number.
    package var reportsNational = 0
    /// Deferred reports before the final ones.
    package var reportsDeferred = 0
    /// Reports with a MessageID that nobody knows.
    package var reportsUnknown = 0
    /// Expired reports after Retrieved ones.
    package var reportsLate = 0

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case received, accepted, repeated, partial, dropped, hung, half, misaddressed, refused, faulted, html, denied
        case violations, unauthorized, reset, forgotten, open
        case mostOpen = "most_open"
        case mostInSecond = "most_in_second"
        case cancelsReceived = "cancels_received"
        case cancelsAccepted = "cancels_accepted"
        case cancelsTooLate = "cancels_too_late"
        case cancelsUnknown = "cancels_unknown"
        case cancelViolations = "cancel_violations"
        case reportsPosted = "reports_posted"
        case reportsAnswered = "reports_answered"
        case reportsRepeated = "reports_repeated"
        case reportsGivenUp = "reports_given_up"
        case reportsDuplicated = "reports_duplicated"
        case reportsEarly = "reports_early"
        case reportsSwapped = "reports_swapped"
        case reportsNational = "reports_national"
        case reportsDeferred = "reports_deferred"
        case reportsUnknown = "reports_unknown"
        case reportsLate = "reports_late"
    }
}
