import GatewayCore
import Logging
import WorkLoop

/// The lasting troubles that the reading of what came in may have.
enum InboundTrouble: Hashable, Sendable {
    case store
    /// The app is not in the directory: what is sent to it waits.
    case absent(Owner)
    /// A message cannot be recorded as read.
    case stuck(Owner)
    /// Something that an app's messages come with cannot be read from the store.
    case incomplete(Owner)
}

typealias InboundLog = OutageLog<InboundTrouble>

extension InboundLog {
    func storeFailed(_ failure: StoreFailure) {
        failed(
            .store, .error, "The store does not answer; what handsets send to apps waits",
            metadata: ["error": "\(failure)"])
    }

    func storeAnswers() { ended(.store, "The store answers again") }

    func isAbsent(_ owner: Owner) {
        failed(
            .absent(owner), .warning, "What handsets sent to an app waits, as there is no such app any more",
            metadata: ["customer": "\(owner.name)"])
    }

    func isBack(_ owner: Owner) {
        ended(
            .absent(owner), "An app is there again, and is passed what handsets sent to it",
            metadata: ["customer": "\(owner.name)"])
    }

    func isStuck(_ inbound: Inbound, _ owner: Owner, _ failure: StoreFailure) {
        failed(
            .stuck(owner), .error, "A message from a handset cannot be passed to its app; it is tried again",
            metadata: ["customer": "\(owner.name)", "inbound": "\(inbound.id)", "error": "\(failure)"])
    }

    func isIncomplete(_ owner: Owner, _ reason: String) {
        failed(
            .incomplete(owner), .error,
            "A message from a handset is passed to its app without what cannot be read from the store",
            metadata: ["customer": "\(owner.name)", "error": "\(reason)"])
    }
}
