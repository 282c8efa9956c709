package import FoundationEssentials

/// Media of inbound messages on its way into customers' buckets.
package protocol UploadQueue: Sendable {
    /// Claims inbound messages whose media is to be uploaded. The customer with the fewest going on comes first, and of
    /// equals the message that has waited longest.
    ///
    /// A claim that is answered neither by `record` nor by `postponeUploads` before it is over is claimed again:
    /// `Store` says when it is. What the caller has going on is not, whatever a clock that was set says. A claim and
    /// what it is about are of one moment.
    func claimUploads(_ request: UploadRequest, now: Date) async throws(StoreFailure) -> [UploadClaim]
    /// The open uploads of an inbound message are not claimed before that time. When a gateway opens the store, the
    /// store may cut the pause short, and such a pause is not counted. Nothing happens to a message that is gone or
    /// whose uploads had ended.
    ///
    /// - Parameter media: what became of its files so far.
    func postponeUploads(
        of inbound: Inbound.ID, media: [Inbound.Medium], until: Date
    ) async throws(StoreFailure)
    /// When the next pause of an upload ends; nil when there is none.
    func nextUploadDue() async throws(StoreFailure) -> Date?
    /// Records how all uploads of an inbound message ended. Its owner is notified now, in the same commit. Nothing
    /// happens to a message that is gone or whose uploads had ended before.
    func record(_ media: [Inbound.Medium], of inbound: Inbound.ID, now: Date) async throws(StoreFailure)
}
