import FoundationEssentials
package import GatewayCore
package import Logging
package import Media
import ServiceLifecycle
package import Spans
package import Telemetry
import WorkLoop

/// Puts the media of inbound messages into the buckets of the customers that have one, and has the customer notified of
/// each message when all of its files have ended: uploaded, or failed for good. A message whose storage is unavailable
/// or busy waits without a permit and is tried again after a pause, until its pauses are used up. This survives a
/// restart.
///
/// A message takes one permit and has one file in memory at a time. Customers share the permits by a `FairShare`: one
/// customer has at most half of them, and a free permit goes to the one with the fewest. A storage that hangs holds its
/// half for at most one upload each, which is three time-outs and the pauses between them; after its first failure it
/// gets one permit at a time, for one time-out. Each message that it then takes or refuses doubles its permits, up to
/// its half. So others wait only while storages that hang hold all permits together: two storages at the beginning,
/// later as many as there are permits, and then only for one time-out. A slow storage that takes its uploads is not in
/// doubt and keeps its half.
package struct UploadService: Service {
    private let store: any UploadQueue
    private let round: UploadRound
    private let pauses: UploadPauses
    private let directory: CurrentDirectory
    private let clock: any DomainClock
    private let signal: Signal
    private let maxInFlight: Int
    private let telemetry: Telemetry
    private let log: UploadLog
    private let permits: UploadPermits

    /// - Parameters:
    ///   - pauses: those of a message whose storage is unavailable.
    ///   - maxInFlight: the most files being uploaded at a time.
    package init(
        store: any UploadQueue, library: MediaLibrary, uploader: Uploader, directory: CurrentDirectory,
        clock: any DomainClock, signal: Signal, pauses: UploadPauses = UploadPauses(), maxInFlight: Int = 8,
        telemetry: Telemetry = .none, spans: Spans = .none, logger: Logger
    ) {
        self.store = store
        self.pauses = pauses
        self.directory = directory
        self.clock = clock
        self.signal = signal
        self.maxInFlight = maxInFlight
        self.telemetry = telemetry
        log = UploadLog(logger)
        permits = UploadPermits(capacity: maxInFlight)
        round = UploadRound(
            library: library, uploader: uploader, directory: directory, clock: clock, telemetry: telemetry,
            log: log, permits: permits, spans: spans)
    }

    package func run() async throws {
        await WorkLoop<UploadClaim>(signal: signal, clock: clock).run { ongoing in
            let free = maxInFlight - ongoing.count
            guard free > 0 else { return .init([], nextLook: clock.now() + Self.longestPause) }
            return await look(upTo: free, except: ongoing)
        } perform: { claim in
            // A stop does not wait for a storage: the customer would not be notified before the next start anyway,
            // which uploads again under the same keys.
            let ending = await cancelWhenGracefulShutdown { await perform(claim) }
            permits.end(claim.id, after: ending)
        }
    }

    /// Does one round.
    ///
    /// - Returns: what the round says about the storage.
    private func perform(_ claim: UploadClaim) async -> UploadRequest.Share.Ending {
        do throws(CancellationError) {
            let progress = try await round.run(claim)
            try await keep(progress, of: claim)
            return progress.ending
        } catch {
            log.logger.debug("Uploads were ended by a stop", metadata: claim.metadata)
            return .silent
        }
    }

    private func keep(_ progress: UploadRound.Progress, of claim: UploadClaim) async throws(CancellationError) {
        guard let failure = progress.failure else { return try await record(progress.media, of: claim) }
        guard let pause = pauses.pause(afterTries: claim.tries) else {
            log.storageFailed(for: claim, failure)
            return try await record(round.giveUp(progress.media, because: failure), of: claim)
        }
        log.storageFailed(for: claim, failure, triedAgainAfter: pause)
        try await postpone(claim, by: pause, with: progress.media)
    }

    private func look(
        upTo limit: Int, except ongoing: Set<UploadClaim.ID>
    ) async -> WorkLoop<UploadClaim>.Found {
        let now = clock.now()
        do {
            let request = UploadRequest(
                limit: limit, share: permits.share, except: ongoing, leaseUntil: now + lease,
                longestPause: UploadPauses.longest)
            let claims = try await store.claimUploads(request, now: now)
            permits.begin(claims)
            let nextDue = claims.isEmpty ? try await store.nextUploadDue() : nil
            log.storeAnswers()
            return .init(claims, nextLook: min(nextDue ?? .distantFuture, now + Self.longestPause))
        } catch {
            log.storeFailed(error)
            return .init([], nextLook: clock.now() + Self.pauseOfStore)
        }
    }

    /// Longer than one file can take in any present bucket. A message with many files may take longer; an upload that
    /// is going on is never claimed again, so the lease matters only where an outcome could not be recorded.
    private var lease: Duration {
        let timeout = directory.now.storages.lazy.map(\.timeout).max() ?? .zero
        return Uploader.longestUpload(timeout: timeout) + .seconds(60)
    }

    private func record(_ media: [Inbound.Medium], of claim: UploadClaim) async throws(CancellationError) {
        try await keep(claim) {
            try await store.record(media, of: claim.inbound.id, now: clock.now())
        }
    }

    private func postpone(
        _ claim: UploadClaim, by pause: Duration, with media: [Inbound.Medium]
    ) async throws(CancellationError) {
        try await keep(claim) {
            try await store.postponeUploads(of: claim.inbound.id, media: media, until: clock.now() + pause)
            telemetry.uploaded(.again)
        }
    }

    /// Tries to record the results until the store takes them, so that an outage of the store causes no second upload.
    private func keep(_ claim: UploadClaim, _ write: () async throws -> Void) async throws(CancellationError) {
        let end = await StorePatience().keep(by: clock) { failure in
            if (failure as? StoreFailure)?.mayPass ?? true { log.storeFailed(failure) }
        } _: {
            try await write()
        }
        switch end {
        case .kept: break
        case .stopped: throw CancellationError()
        case .givenUp(let failure):
            log.logger.error(
                "The uploads of a message could not be recorded; they are made again",
                metadata: claim.metadata.with("error", "\(failure)"))
        }
    }

    /// The longest time between two looks. The signal is raised for new uploads, so this is for leases that are over
    /// and for messages that another process released from quarantine.
    private static let longestPause = Duration.seconds(10)
    private static let pauseOfStore = Duration.seconds(1)
}
