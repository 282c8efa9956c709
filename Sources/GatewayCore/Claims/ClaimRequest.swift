package import FoundationEssentials

/// What the lane of an MMSC asks the store for.
package struct ClaimRequest: Sendable {
    package var mmsc: String
    /// The most SubmitReqs to claim.
    package var limit: Int
    /// The most messages of one SubmitReq.
    package var recipientsPerRequest: Int
    /// The MMSCs that take messages now: the first of a message's carriers among them has it.
    package var available: Set<String>
    /// What each customer has in flight, so that customers and batches take turns.
    package var share: SubmissionShare
    package var now: Date
    /// The end of the lease: a claim without a result by then is in doubt.
    package var leaseUntil: Date

    package init(
        mmsc: String, limit: Int, recipientsPerRequest: Int = 1, available: Set<String>,
        share: SubmissionShare = SubmissionShare(), now: Date, leaseUntil: Date
    ) {
        self.mmsc = mmsc
        self.limit = limit
        self.recipientsPerRequest = recipientsPerRequest
        self.available = available
        self.share = share
        self.now = now
        self.leaseUntil = leaseUntil
    }

    /// Whether this MMSC is the one of the carriers that takes their messages now.
    package func serves(_ carriers: Carriers) -> Bool {
        carriers.carrier(where: available.contains) == mmsc
    }
}

/// Claims of messages that were due.
package struct Claims: Sendable, Equatable {
    package var claims: [Claim]
    /// When the next message is due that this MMSC carries; nil when something was due, or nothing waits.
    package var nextDue: Date?

    package init(_ claims: [Claim], nextDue: Date? = nil) {
        self.claims = claims
        self.nextDue = nextDue
    }
}
