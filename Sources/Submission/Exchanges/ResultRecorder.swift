import FoundationEssentials
import GatewayCore
import Logging
import WorkLoop

/// Keeps what became of claims and CancelReqs, however long the store takes to be able to: an answer forgotten is a
/// message sent twice. Gives up only when the gateway stops; the next start finds the message in doubt.
struct ResultRecorder: Sendable {
    let store: any SubmissionQueue & CancellationQueue
    let clock: any DomainClock
    let log: SubmissionLog

    /// Less often where the store says that it is broken, for even then a message whose outcome is forgotten is sent twice.
    private static let patience = StorePatience(whenBroken: .goOn(longestPause: .seconds(60)))

    func record(_ result: SubmissionResult, of claim: Claim) async {
        await keep(claim.id, at: claim.mmsc) { try await store.record(result, of: claim, now: clock.now()) }
    }

    /// - Parameter reason: why the CancelReq did not do it.
    func record(_ result: CancellationResult, because reason: String?, of cancellation: Cancellation) async {
        guard let message = cancellation.messages.first else { return }
        await keep(message, at: cancellation.mmsc) {
            try await store.record(result, because: reason.map { PeerText($0) }, of: cancellation, now: clock.now())
        }
    }

    private func keep(_ message: Message.ID, at mmsc: String, _ write: () async throws -> Void) async {
        await Self.patience.keep(by: clock) { failure in
            log.storeFailed(
                "The outcome of an attempt could not be recorded; it is tried again", because: failure,
                metadata: ["message": "\(message)", "mmsc": "\(mmsc)"])
        } _: {
            try await write()
        }
    }
}
