import FoundationEssentials
import GatewayCore
import Logging
import WorkLoop

/// Records the results of claims and CancelReqs, however long the store is unable to take them: a forgotten answer is a
/// message sent twice. It gives up only when the gateway stops; the next start finds the message in doubt.
struct ResultRecorder: Sendable {
    let store: any SubmissionQueue & CancellationQueue
    let clock: any DomainClock
    let log: SubmissionLog

    /// Where the store says that it is broken, recording is tried less often, but still: a message whose outcome is
    /// forgotten is sent twice.
    private static let patience = StorePatience(whenBroken: .goOn(longestPause: .seconds(60)))

    func record(_ result: SubmissionResult, of claim: Claim) async {
        await keep(claim.id, at: claim.mmsc) { try await store.record(result, of: claim, now: clock.now()) }
    }

    /// - Parameter reason: why the CancelReq did not succeed.
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
