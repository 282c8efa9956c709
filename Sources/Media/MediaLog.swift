import GatewayCore
import Logging
import WorkLoop

/// What media may be in trouble with for longer.
enum MediaTrouble: Hashable, Sendable {
    /// The store or the disk does not take it.
    case store
    /// The gateway lacks what a download needs.
    case ownMeans
    /// Batches end by their media, for a cause.
    case loss(FetchFailure.Cause)
}

typealias MediaLog = OutageLog<MediaTrouble>

extension MediaLog {
    func storeFailed(_ failure: any Error, batch: Batch.ID? = nil) {
        var metadata: Logger.Metadata = ["error": "\(failure)"]
        metadata["batch"] = batch.map { "\($0)" }
        failed(.store, .error, "The store or the disk does not take media; it is tried again", metadata: metadata)
    }

    func storeTakes() { ended(.store, "Media can be kept again") }

    func lacked(_ failure: FetchFailure, for batch: Batch.ID) {
        failed(
            .ownMeans, .error, "The gateway lacks what a download needs; it is tried again",
            metadata: ["error": "\(failure.account)", "batch": "\(batch)"])
    }

    /// The first batch that ends for a cause is logged, and one of each half minute.
    func ended(_ batch: Batch.ID, because failure: FetchFailure) {
        failed(
            .loss(failure.cause), .warning, "A batch ends because its media cannot be sent",
            metadata: ["batch": "\(batch)", "reason": "\(failure.account)"])
    }
}
