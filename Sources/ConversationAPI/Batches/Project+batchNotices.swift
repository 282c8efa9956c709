import CustomerServing
import FoundationEssentials
import GatewayCore

extension Project {
    /// What is written down when a batch comes into its present phase.
    func notices(ofPhaseOf batch: AppBatch, at now: Date) -> [Notice] {
        guard var notice = notice(of: batch.statusUpdate, toApp: batch.owner.name, correlationID: nil, at: now) else {
            return []
        }
        notice.trace = batch.trace
        return [notice]
    }
}
