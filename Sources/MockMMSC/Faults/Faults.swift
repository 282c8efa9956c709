package import MM7

/// What goes wrong on request. Shares are 0 to 1, and each post with the right credentials draws its own fate, a repeated
/// one too.
package struct Faults: Sendable {
    /// The time from taking a message to its SubmitRsp.
    package var delay = Duration.zero
    /// The time over which each answer is sent slowly.
    package var slow = Duration.zero

    // What is answered: of these at most one happens to a post, so their sum is at most 1.

    /// Messages not taken, and answered with a SubmitRsp of `refusal`.
    package var refuse = 0.0
    package var refusal = StatusCode.serviceUnavailable
    /// Messages taken, and the connection closed in place of a SubmitRsp.
    package var drop = 0.0
    /// Messages taken, and answered only after `hangTime`.
    package var hang = 0.0
    package var hangTime = Duration.seconds(30)
    /// Messages not taken, and answered 500 with a SOAP fault whose RSErrorRsp has `refusal`.
    package var fault = 0.0
    /// Messages not taken, and answered 502 with a page, as a proxy before an MMSC does.
    package var html = 0.0
    /// Messages taken, and the connection closed after half of the SubmitRsp.
    package var half = 0.0
    /// Messages taken, and answered with a SubmitRsp to another TransactionID.
    package var misaddress = 0.0
    /// Messages not taken, and answered 401 although the credentials are right.
    package var deny = 0.0
    /// Connections closed after the head of a post, before its body is read.
    package var reset = 0.0

    /// Messages to several that are taken for some of them, at least one, and answered with 1100.
    package var partial = 0.0

    /// Messages whose report is posted twice.
    package var duplicate = 0.0
    /// Messages whose report is posted before their SubmitRsp; those of the others come in a random order, at any time
    /// up to twice the usual delay.
    package var reorder = 0.0
    /// Messages whose reports have Sender and Recipient exchanged, where the sender is known.
    package var swap = 0.0
    /// Messages whose reports have the recipient's number in another form, with `+` and `/TYPE=PLMN`.
    package var national = 0.0
    /// Messages with a Deferred report before the final one.
    package var deferred = 0.0
    /// Messages with a report under a MessageID that nobody knows before the right one.
    package var unknownFirst = 0.0
    /// Messages with an Expired report after the Retrieved one.
    package var lateFailure = 0.0
    /// Whether all reports carry one TransactionID.
    package var sameTransaction = false

    package init() {}
}

extension Faults {
    /// The faulty answers, with their shares.
    var answers: [(answer: Fate.Answer, share: Double)] {
        [
            (.refused(refusal), refuse), (.dropped, drop), (.hung, hang), (.faulted(refusal), fault), (.html, html),
            (.half, half), (.misaddressed, misaddress), (.denied, deny), (.reset, reset),
        ]
    }
}
