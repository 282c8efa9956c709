package import FoundationEssentials

/// Messages to be taken back from an MMSC.
package protocol CancellationQueue: Sendable {
    /// Claims what a customer withdrew after the MMSC had taken it: one claim for each MessageID. Customers take turns; of
    /// each the longest due comes first.
    ///
    /// A claim that is not answered by `record` before it is over is due again: `Store` says when it is. What is final is
    /// not claimed any more.
    func claimCancellations(_ request: CancellationRequest) async throws(StoreFailure) -> [Cancellation]
    /// What became of a CancelReq, for every message under its MessageID that is not final.
    ///
    /// - Parameter reason: kept with the try: the MMSC's or libcurl's words, where it was not taken back.
    func record(
        _ result: CancellationResult, because reason: PeerText?, of cancellation: Cancellation, now: Date
    ) async throws(StoreFailure)
}
