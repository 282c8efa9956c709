package import FoundationEssentials

/// What MMSCs report about messages that they have.
package protocol ReportStore: Sendable {
    /// Applies a delivery report of an MMSC, in one commit with the events it causes.
    func apply(_ report: DeliveryReport, from mmsc: String, now: Date) async throws(StoreFailure) -> ReportResult
    /// Messages without a final report since this time become unknown; returns how many.
    func settleUnreported(expiredBefore: Date, limit: Int, now: Date) async throws(StoreFailure) -> Int
}
