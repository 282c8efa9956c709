import GatewayCore
import Logging
import WorkLoop

/// The lasting troubles that uploading may have.
enum UploadTrouble: Hashable, Sendable {
    case store
    /// The customer's storage, with the code of the failure.
    case storage(Owner, code: Int)
}

typealias UploadLog = OutageLog<UploadTrouble>

extension UploadLog {
    func storeFailed(_ failure: any Error) {
        failed(.store, .error, "The store does not answer; uploads wait", metadata: ["error": "\(failure)"])
    }

    func storeAnswers() { ended(.store, "The store answers again") }

    /// - Parameter pause: nil where the upload has failed for good.
    func storageFailed(for claim: UploadClaim, _ failure: UploadFailure, triedAgainAfter pause: Duration? = nil) {
        var metadata = claim.metadata.with("code", "\(failure.code)").with("reason", "\(failure)")
        if let pause { metadata["again_after_seconds"] = .stringConvertible(Int(pause.seconds)) }
        failed(
            .storage(claim.owner, code: failure.code), .warning,
            "Media of an inbound message could not be put into its customer's bucket", metadata: metadata)
    }

    /// Notes that the storage took a file, which ends its troubles.
    func storageTakes(for owner: Owner) {
        ended(
            anyOf: UploadFailure.codes.lazy.map { .storage(owner, code: $0) },
            "Media goes into the customer's bucket again", metadata: ["customer": "\(owner.name)"])
    }
}

extension UploadClaim {
    /// The keys that say in the log which message a line is about.
    var metadata: Logger.Metadata {
        let inbound: Logger.Metadata = ["customer": "\(owner.name)", "inbound": "\(inbound.id)"]
        return inbound.with(self.inbound.trace)
    }
}
