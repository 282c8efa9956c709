import GatewayCore
import Logging
import WorkLoop

/// The lasting troubles of whoever makes messages of batches.
enum AppBatchTrouble: Hashable, Sendable {
    case store
}

typealias AppBatchLog = OutageLog<AppBatchTrouble>

extension AppBatchLog {
    func storeFailed(_ failure: any Error) {
        failed(.store, .error, "The store does not answer; batches of apps wait", metadata: ["error": "\(failure)"])
    }

    func storeAnswers() { ended(.store, "The store answers again") }

    /// - Parameter reason: never content.
    func batchFailed(_ batch: AppBatch, _ reason: String) {
        logger.error(
            "A batch of an app cannot be sent and has failed",
            metadata: batch.metadataOfLog.with("reason", "\(reason)"))
    }

    func recipientFailed(_ place: Int, of batch: AppBatch, _ failure: any Error) {
        logger.error(
            "What the store has of a batch's recipient is broken",
            metadata: batch.metadataOfLog.with("place", .stringConvertible(place)).with("error", "\(failure)"))
    }

    func batchHangs(_ batch: AppBatch, _ failure: any Error) {
        logger.error(
            "A batch of an app could not be worked on; it is tried again later",
            metadata: batch.metadataOfLog.with("error", "\(failure)"))
    }
}

extension AppBatch {
    /// The keys that say in the log which batch of an app a line is about.
    fileprivate var metadataOfLog: Logger.Metadata {
        let batch: Logger.Metadata = ["customer": "\(owner.name)", "app_batch": "\(id)"]
        return batch.with(trace)
    }
}
