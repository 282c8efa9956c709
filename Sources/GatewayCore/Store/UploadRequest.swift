package import FoundationEssentials

/// Which uploads a caller would take.
package struct UploadRequest: Sendable {
    package var limit: Int
    /// Of one customer, what is going on included, at most.
    package var perOwner: Int
    /// Customers that have one at a time.
    package var doubtful: Set<Owner>
    /// What the caller is still working on.
    package var ongoing: Set<UploadClaim.ID>
    package var leaseUntil: Date
    /// No pause is longer: one that would last longer from now on was begun before the clock was set back.
    package var longestPause: Duration

    package init(
        limit: Int, perOwner: Int, doubtful: Set<Owner> = [], except ongoing: Set<UploadClaim.ID> = [],
        leaseUntil: Date, longestPause: Duration
    ) {
        self.limit = limit
        self.perOwner = perOwner
        self.doubtful = doubtful
        self.ongoing = ongoing
        self.leaseUntil = leaseUntil
        self.longestPause = longestPause
    }

    /// Of this customer, at most.
    package func places(of owner: Owner) -> Int { doubtful.contains(owner) ? min(perOwner, 1) : perOwner }
}
