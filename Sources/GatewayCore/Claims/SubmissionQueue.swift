package import FoundationEssentials

/// Messages on their way to an MMSC.
package protocol SubmissionQueue: Sendable {
    /// Which ways to MMSCs this process has; nil where all are its own.
    var ownership: (any LaneOwnership)? { get }
    /// Claims messages that an MMSC may carry now and moves them to `submitting`. Customers take turns, and so do small
    /// and large batches of each; among equals the longest due comes first.
    ///
    /// A claim that is not answered by `record` before it is over is in doubt: `Store` says when it is, and
    /// `Upkeep.endLeases` puts it there.
    func claimDue(_ request: ClaimRequest) async throws(StoreFailure) -> Claims
    /// Records what became of a claim. Once the claim is over, only an acceptance or a refusal still counts. A claim
    /// that was released was no attempt: the next claim has its number.
    func record(_ result: SubmissionResult, of claim: Claim, now: Date) async throws(StoreFailure)
}

extension SubmissionQueue {
    package var ownership: (any LaneOwnership)? { nil }
}

/// What the messages of a batch have in common.
package protocol ContentReader: Sendable {
    /// The batch of a claim with all its media in order; nil before those are here.
    func content(of batch: Batch.ID) async throws(StoreFailure) -> (Batch, [StoredMedia])?
}
