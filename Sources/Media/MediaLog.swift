import GatewayCore
import Logging
import WorkLoop

/// The lasting troubles that media may have.
enum MediaTrouble: Hashable, Sendable {
    /// The store or the disk does not take media.
    case store
    /// The gateway lacks what a download needs.
    case ownMeans
    /// Batches end because of their media, for one cause.
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

    /// Logs the first batch that ends for a cause, and one each half minute.
    func ended(_ batch: Batch.ID, because failure: FetchFailure) {
        failed(
            .loss(failure.cause), .warning, "A batch ends because its media cannot be sent",
            metadata: ["batch": "\(batch)", "reason": "\(failure.account)"])
    }
}
