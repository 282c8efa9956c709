package import FoundationEssentials

/// A message that is due, before anything is done with it.
package struct DueMessage: Sendable, Equatable {
    package let copy: Claim.Copy
    package let batch: Batch.ID
    /// How often the batch was replaced.
    package let revision: Int
    /// The TransactionID of the request that it was in with others when the answer was lost.
    package let sharedRequest: String?
    /// Whether every recipient of the batch gets the same content.
    package let isUniform: Bool
    /// Whether an earlier SubmitReq may have arrived.
    package let isResend: Bool
    /// SubmitReqs that may have arrived.
    package let doubts: Int
    package let expireAt: Date

    package init(
        copy: Claim.Copy, batch: Batch.ID, revision: Int, sharedRequest: String? = nil, isUniform: Bool,
        isResend: Bool = false, doubts: Int = 0, expireAt: Date
    ) {
        self.copy = copy
        self.batch = batch
        self.revision = revision
        self.sharedRequest = sharedRequest
        self.isUniform = isUniform
        self.isResend = isResend
        self.doubts = doubts
        self.expireAt = expireAt
    }
}
