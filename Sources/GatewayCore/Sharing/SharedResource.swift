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
    /// Long answers to customers that are made while they are read.
    case longAnswers
    /// The memory of messages that are made ready for MMSCs, in bytes.
    case contentMemory
    /// Batches of apps that become messages, with their requests in memory.
    case appBatches
    /// Connections to one listener, by address.
    case connections
    /// Requests under way by HTTP/2 on one listener, by address.
    case streams

    /// How many of so many permits one owner has at most: at least one.
    ///
    /// Half, so that the next who comes finds some. All of them where all that is going on ends at the same pace
    /// whoever's it is, as the exchanges with one MMSC do: there the turns are enough, and half would be left unused. One
    /// where each permit is a processor.
    package func limitForOne(of capacity: Int) -> Int {
        switch self {
        case .submissions, .cancellations: max(capacity, 1)
        case .heavyDecoding: 1
        default: max(capacity / 2, 1)
        }
    }
}
