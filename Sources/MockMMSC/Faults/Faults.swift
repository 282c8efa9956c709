package import MM7

/// What goes wrong on request. Shares are of the messages that pass the checks, 0 to 1.
package struct Faults: Sendable {
    /// From taking a message to its SubmitRsp.
    package var delay = Duration.zero
    /// Messages refused with `refusal`.
    package var refuse = 0.0
    package var refusal = StatusCode.serviceUnavailable
    /// Messages taken, and the connection closed in place of a SubmitRsp.
    package var drop = 0.0
    /// Messages whose report is posted twice.
    package var duplicate = 0.0
    /// Messages whose report is posted before their SubmitRsp; those of the others come in a random order, at any time
    /// up to twice the usual delay.
    package var reorder = 0.0
    /// The time over which each answer is dribbled.
    package var slow = Duration.zero

    package init() {}
}
