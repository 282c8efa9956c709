package import FoundationEssentials
package import GatewayCore

extension SQLStore {
    package func apply(
        _ report: DeliveryReport, from mmsc: String, now: Date
    ) async throws(StoreFailure) -> ReportResult {
        try await writer.write { (transaction) throws(SQLError) in
            try transaction.apply(report, from: mmsc, now: now)
        }
    }

    package func settleUnreported(expiredBefore: Date, limit: Int, now: Date) async throws(StoreFailure) -> Int {
        guard parts.keepsHouse else { return 0 }
        return try await writer.write { (transaction) throws(SQLError) in
            try transaction.settleUnreported(expiredBefore: expiredBefore, limit: limit, now: now)
        }
    }
}
