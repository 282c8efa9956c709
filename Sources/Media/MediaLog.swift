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
    /// The keys that say which batch a line is about.
    static func metadata(_ task: MediaTask) -> Logger.Metadata {
        let batch: Logger.Metadata = ["batch": "\(task.batch)"]
        return batch.with(task.trace)
    }

    func storeFailed(_ failure: any Error, for task: MediaTask? = nil) {
        let metadata = (task.map(Self.metadata) ?? [:]).with("error", "\(failure)")
        failed(.store, .error, "The store or the disk does not take media; it is tried again", metadata: metadata)
    }

    func storeTakes() { ended(.store, "Media can be kept again") }

    func lacked(_ failure: FetchFailure, for task: MediaTask) {
        failed(
            .ownMeans, .error, "The gateway lacks what a download needs; it is tried again",
            metadata: Self.metadata(task).with("error", "\(failure.account)"))
    }

    /// Logs the first batch that ends for a cause, and one each half minute.
    func ended(_ task: MediaTask, because failure: FetchFailure) {
        failed(
            .loss(failure.cause), .warning, "A batch ends because its media cannot be sent",
            metadata: Self.metadata(task).with("reason", "\(failure.account)"))
    }
}
