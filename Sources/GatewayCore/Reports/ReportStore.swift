package import FoundationEssentials

/// What MMSCs report about messages that they have.
package protocol ReportStore: Sendable {
    /// Applies a delivery report of an MMSC, in one commit with the events it causes. One that names a message which has
    /// no MessageID yet is held, and applied by the `record` that brings it.
    func apply(_ report: DeliveryReport, from mmsc: String, now: Date) async throws(StoreFailure) -> ReportResult
}
