package import FoundationEssentials

/// A worker's hold on what one SubmitReq carries: a message, or several of the same content.
package struct Claim: Sendable, Equatable, Identifiable {
    /// One recipient's message of the claim.
    package struct Copy: Sendable, Equatable {
        package let message: Message.ID
        package let recipient: MSISDN
        /// The number of this SubmitReq for the message: 1 for the first.
        package let attempt: Int
        /// How many SubmitReqs for the message count against the limit of tries, this one included.
        package let tries: Int

        package init(message: Message.ID, recipient: MSISDN, attempt: Int, tries: Int? = nil) {
            self.message = message
            self.recipient = recipient
            self.attempt = attempt
            self.tries = tries ?? attempt
        }
    }

    package let batch: Batch.ID
    /// The revision of the batch: an update in between is another content.
    package let revision: Int
    package let first: Copy
    package let others: [Copy]
    package let mmsc: String
    /// The TransactionID of every SubmitReq for these messages, also of a repeat: an MMSC whose answer was lost can see
    /// that it has them already. (TS 23.140, 8.7.3)
    package let transactionID: String
    /// Whether an earlier SubmitReq may have arrived.
    package let isResend: Bool
    /// How many earlier SubmitReqs may have arrived.
    package let doubts: Int
    package let expireAt: Date
    /// The end of its lease. A claim that follows on a release has the same attempt and a later lease.
    package let leaseUntil: Date
    /// The queue that it comes from.
    package let queue: SubmissionShare.Queue
    /// The term of the lane's ownership in which it was claimed: see `LaneOwnership`.
    package var term = 0

    /// - Parameter transactionID: that of the SubmitReq that may have arrived; nil makes a new one.
    package init(
        of first: Copy, and others: [Copy] = [], batch: Batch.ID, revision: Int = 0, mmsc: String,
        transactionID: String? = nil, isResend: Bool, doubts: Int = 0, expireAt: Date,
        leaseUntil: Date = .distantFuture, queue: SubmissionShare.Queue = .init(customer: 0, magnitude: 0)
    ) {
        self.batch = batch
        self.revision = revision
        self.first = first
        self.others = others
        self.mmsc = mmsc
        self.transactionID = transactionID ?? Self.transactionID(first.message, copies: 1 + others.count)
        self.isResend = isResend
        self.doubts = doubts
        self.expireAt = expireAt
        self.leaseUntil = leaseUntil
        self.queue = queue
    }

    package var id: Message.ID { first.message }
    package var copies: [Copy] { [first] + others }

    /// The message's own TransactionID. In a request with others it also has their number, for the message may go alone
    /// another time.
    private static func transactionID(_ message: Message.ID, copies: Int) -> String {
        copies == 1 ? message.description : "\(message)-\(copies)"
    }

    /// How many messages share a TransactionID of ours.
    package static func copyCount(of transactionID: String) -> Int {
        transactionID.split(separator: "-").dropFirst().first.flatMap { Int($0) } ?? 1
    }
}
