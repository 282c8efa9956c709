import CustomerServing
import FoundationEssentials
import GatewayCore

extension Project {
    /// What is written down when a batch comes into its present phase.
    func notices(ofPhaseOf batch: AppBatch, at now: Date) -> [Notice] {
        notice(of: batch.statusUpdate, toApp: batch.owner.name, correlationID: nil, at: now).map { [$0] } ?? []
    }
}
