package import FoundationEssentials

/// Which uploads a caller would take.
package struct UploadRequest: Sendable {
    /// Owners are customers, and so are targets: each has one storage.
    package typealias Share = FairShare<Owner, Owner>

    package var limit: Int
    /// How many uploads each owner has in progress, and how many more it may have.
    package var share: Share
    /// What the caller is still working on.
    package var ongoing: Set<UploadClaim.ID>
    package var leaseUntil: Date
    /// No pause is longer: one that would last longer from now on was begun before the clock was set back.
    package var longestPause: Duration

    package init(
        limit: Int, share: Share, except ongoing: Set<UploadClaim.ID> = [], leaseUntil: Date, longestPause: Duration
    ) {
        self.limit = limit
        self.share = share
        self.ongoing = ongoing
        self.leaseUntil = leaseUntil
        self.longestPause = longestPause
    }

    /// When a pause ends at the latest.
    package func lastPauseEnd(from now: Date) -> Date { now + longestPause }
}
