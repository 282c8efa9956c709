/// What customers, MMSCs and strangers share, and what each of them could therefore hold up for all others. Each is
/// shared by a `FairShare`.
package enum SharedResource: String, CaseIterable, Sendable {
    /// SubmitReqs to one MMSC.
    case submissions
    /// CancelReqs to one MMSC.
    case cancellations
    /// Downloads of customers' media before it is sent.
    case mediaDownloads
    /// Downloads of customers' media while a request with `strict_validation` waits.
    case strictLooks
    /// Calls of customers' webhooks.
    case webhookCalls
    /// Uploads into customers' buckets.
    case uploads
    /// Lists and reports that customers read from the store.
    case reads
    /// The decoding of large bodies of customers.
    case heavyDecoding
    /// The memory of customers' bodies, in bytes.
    case requestMemory
    /// The memory of MMSCs' bodies, in bytes.
    case postMemory
    /// The memory of answers that are on their way, in bytes.
    case answerMemory
    /// The memory of messages that are made ready for MMSCs, in bytes.
    case contentMemory
    /// Connections to one listener, by address.
    case connections

    /// Whether one owner has half at most. It has not where all that is going on ends at the same pace whoever's it is:
    /// the exchanges with one MMSC. There the turns are enough, and half would be left unused.
    package var isHalvedForOne: Bool {
        switch self {
        case .submissions, .cancellations: false
        default: true
        }
    }
}
