import Doubles
import FoundationEssentials
import GatewayCore

/// A store that takes reports only, and says what it was told to say.
actor ReportStore: StoreDouble {
    private(set) var reports: [DeliveryReport] = []
    private(set) var mmscs: [String] = []
    private let result: Result<ReportResult, StoreFailure>
    /// Awaited before a report is kept, so that a test can look at the moment before the commit.
    private let beforeCommit: @Sendable () async -> Void

    init(
        _ result: Result<ReportResult, StoreFailure> = .success(.held),
        beforeCommit: @escaping @Sendable () async -> Void = {}
    ) {
        self.result = result
        self.beforeCommit = beforeCommit
    }

    func apply(_ report: DeliveryReport, from mmsc: String, now: Date) async throws(StoreFailure) -> ReportResult {
        await beforeCommit()
        let result = try result.get()
        reports.append(report)
        mmscs.append(mmsc)
        return result
    }
}
