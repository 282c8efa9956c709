import FoundationEssentials
import GatewayCore
import Logging
import WorkLoop

/// Records the results of claims and CancelReqs, however long the store is away: a forgotten answer is a message sent
/// twice. It gives up when the gateway stops, and after an hour in which the store says that it is broken, as it is where
/// one row cannot be read: either way the message is in doubt when its lease ends, as after a lost answer, and holds up
/// nothing for ever.
struct ResultRecorder: Sendable {
    let store: any SubmissionQueue & CancellationQueue
    let clock: any DomainClock
    let log: SubmissionLog
    let unrecorded: UnrecordedResults

    /// Where the store says that it is broken, recording is tried less and less often.
    private static let patience = StorePatience(whenBroken: .goOn(longestPause: .seconds(60), time: .seconds(3600)))

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
        await Self.keep(message, at: mmsc, by: clock, log, unrecorded, write)
    }

    static func keep(
        _ message: Message.ID, at mmsc: String, by clock: any DomainClock, _ log: SubmissionLog,
        _ unrecorded: UnrecordedResults, _ write: () async throws -> Void
    ) async {
        var hasFailed = false
        let end = await patience.keep(by: clock) { failure in
            if !hasFailed { unrecorded.begin(at: mmsc) }
            hasFailed = true
            log.storeFailed(
                "The outcome of an attempt could not be recorded; it is tried again", because: failure,
                metadata: ["message": "\(message)", "mmsc": "\(mmsc)"])
        } _: {
            try await write()
        }
        if hasFailed { unrecorded.end(at: mmsc) }
        guard case .givenUp(let failure) = end else { return }
        log.logger.error(
            "The outcome of an attempt cannot be recorded and is given up; its message is in doubt",
            metadata: ["message": "\(message)", "mmsc": "\(mmsc)", "error": "\(failure)"])
    }
}
