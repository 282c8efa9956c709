package import FoundationEssentials

/// What the way to an MMSC asks the store for.
package struct ClaimRequest: Sendable {
    package var mmsc: String
    /// SubmitReqs at most.
    package var limit: Int
    /// Messages of one SubmitReq at most.
    package var recipientsPerRequest: Int
    /// The MMSCs that take messages now: the first of a message's carriers among them has it.
    package var available: Set<String>
    /// Who has how much under way, so that customers and batches take turns.
    package var share: SubmissionShare
    package var now: Date
    /// A claim that has no outcome by then is in doubt.
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

    /// Whether it falls to this MMSC to carry for them now.
    package func serves(_ carriers: Carriers) -> Bool {
        carriers.carrier(where: available.contains) == mmsc
    }
}

/// What was due.
package struct Claims: Sendable, Equatable {
    package var claims: [Claim]
    /// When the next message is due that this MMSC carries; nil when there was something, or nothing waits.
    package var nextDue: Date?

    package init(_ claims: [Claim], nextDue: Date? = nil) {
        self.claims = claims
        self.nextDue = nextDue
    }
}
