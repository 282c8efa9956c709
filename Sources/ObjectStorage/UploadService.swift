import FoundationEssentials
package import GatewayCore
package import Logging
package import Media
import ServiceLifecycle
package import Telemetry
import WorkLoop

/// Puts the media of inbound messages into the buckets of the customers that have one, and has each message told when
/// all of its files have ended: uploaded, or failed for good.
///
/// A message takes one place and has one file of it in memory at a time. A customer has at most half of the places, and
/// a place that becomes free goes to the one with the fewest: a storage that does not answer holds up its own customer.
package struct UploadService: Service {
    private let store: any Store
    private let library: MediaLibrary
    private let uploader: Uploader
    private let directory: CurrentDirectory
    private let clock: any WallClock
    private let bell: Doorbell
    private let maxInFlight: Int
    private let telemetry: Telemetry
    private let logger: Logger
    private let outage = OutageWatch()
    private let alarm: UploadAlarm

    /// - Parameter maxInFlight: files on their way at once.
    package init(
        store: any Store, library: MediaLibrary, uploader: Uploader, directory: CurrentDirectory,
        clock: any WallClock, bell: Doorbell, maxInFlight: Int = 8, telemetry: Telemetry = .none, logger: Logger
    ) {
        self.store = store
        self.library = library
        self.uploader = uploader
        self.directory = directory
        self.clock = clock
        self.bell = bell
        self.maxInFlight = maxInFlight
        self.telemetry = telemetry
        self.logger = logger
        alarm = UploadAlarm(logger: logger)
    }

    package func run() async throws {
        await WorkLoop<UploadClaim>(bell: bell, clock: clock).run { ongoing in
            let free = maxInFlight - ongoing.count
            guard free > 0 else { return .init([], nextLook: clock.now() + Self.longestPause) }
            guard let claims = await claim(upTo: free, except: ongoing) else {
                return .init([], nextLook: clock.now() + Self.pauseOfStore)
            }
            return .init(claims, nextLook: clock.now() + Self.longestPause)
        } perform: { claim in
            // A stop does not wait for a storage: nobody would be told of its answer before the next start, which begins
            // again under the same keys.
            await cancelWhenGracefulShutdown { await perform(claim) }
        }
    }

    private func perform(_ claim: UploadClaim) async {
        do throws(CancellationError) {
            let media = try await outcome(of: claim)
            try await record(media, of: claim)
        } catch {
            logger.debug("Uploads were ended by a stop", metadata: ["inbound": "\(claim.inbound.id)"])
        }
    }

    /// Nil when the store did not answer.
    private func claim(upTo limit: Int, except ongoing: Set<UploadClaim.ID>) async -> [UploadClaim]? {
        let now = clock.now()
        do {
            let claims = try await store.claimUploads(
                limit: limit, perOwner: max(maxInFlight / 2, 1), except: ongoing, now: now, leaseUntil: now + lease)
            if let lasted = outage.succeeded() {
                logger.notice("The store answers again", metadata: ["outage_seconds": "\(Int(lasted.seconds))"])
            }
            return claims
        } catch {
            tell(of: error)
            return nil
        }
    }

    /// Longer than a file can take in any bucket there is now. A message of many files may take longer: what is going on
    /// is never claimed again, so the lease only matters where an outcome could not be recorded.
    private var lease: Duration {
        let timeout = directory.now.servicePlans.values.compactMap(\.storage?.timeout).max() ?? .zero
        return Uploader.longestUpload(timeout: timeout) + .seconds(60)
    }

    /// What became of each file, in their order.
    private func outcome(of claim: UploadClaim) async throws(CancellationError) -> [Inbound.Medium] {
        let bucket = directory.now.bucket(of: claim.owner)
        var media: [Inbound.Medium] = []
        for (place, medium) in claim.inbound.media.enumerated() {
            guard let bucket, let file = medium.file, let stored = medium.stored else {
                // A reload took the bucket away: the gateway makes the links.
                telemetry.uploaded(.kept)
                media.append(medium)
                continue
            }
            let key = ObjectKey(of: file, at: place, in: claim, bucket: bucket)
            let (outcome, failure) = try await upload(stored, as: key, to: bucket)
            media.append(outcome)
            telemetry.uploaded(UploadOutcome(failure))
            if let failure {
                alarm.raise(for: claim, failure)
            } else {
                alarm.end(for: claim.owner)
            }
        }
        return media
    }

    private func upload(
        _ media: StoredMedia, as key: ObjectKey, to bucket: Bucket
    ) async throws(CancellationError) -> (medium: Inbound.Medium, failure: UploadFailure?) {
        switch try await bytes(of: media) {
        case .success(let bytes):
            return try await uploader.medium(media, bytes: bytes, as: key, in: bucket)
        case .failure(let failure):
            let failure = UploadFailure.temporary(failure.description)
            return (Inbound.Medium(contentType: media.contentType, failure: failure), failure)
        }
    }

    /// A disk that fails is asked again, as a storage is: a process may be out of files for a moment.
    private func bytes(of media: StoredMedia) async throws(CancellationError) -> Result<[UInt8], DiskFailure> {
        var result = await read(media)
        for pause in Self.pausesOfDisk {
            guard case .failure = result else { break }
            try await sleep(pause)
            result = await read(media)
        }
        return result
    }

    private func read(_ media: StoredMedia) async -> Result<[UInt8], DiskFailure> {
        do throws(DiskFailure) {
            return .success(try await library.bytes(of: media))
        } catch {
            return .failure(error)
        }
    }

    /// Keeps what became of the files until the store has it, so that an outage of the store is no second upload.
    private func record(_ media: [Inbound.Medium], of claim: UploadClaim) async throws(CancellationError) {
        while true {
            do {
                return try await store.record(media, of: claim.inbound.id, now: clock.now())
            } catch {
                guard case .unavailable = error else {
                    return logger.error(
                        "The uploads of a message could not be recorded; they are made again",
                        metadata: ["inbound": "\(claim.inbound.id)", "error": "\(error)"])
                }
                tell(of: error)
            }
            try await sleep(Self.pauseOfStore)
        }
    }

    private func tell(of failure: StoreFailure) {
        guard let untold = outage.failed() else { return }
        logger.error(
            "The store does not answer; uploads wait",
            metadata: ["error": "\(failure)", "failures_before": "\(untold)"])
    }

    private func sleep(_ pause: Duration) async throws(CancellationError) {
        do { try await clock.sleep(until: clock.now() + pause) } catch { throw CancellationError() }
    }

    /// Between two looks: the bell rings for what is new, so this is for claims whose lease is over, and for what another
    /// process released from quarantine.
    private static let longestPause = Duration.seconds(10)
    private static let pauseOfStore = Duration.seconds(1)
    private static let pausesOfDisk: [Duration] = [.seconds(1), .seconds(5)]
}

extension Directory {
    /// Where media of a customer's inbound messages goes; nil: nowhere.
    fileprivate func bucket(of owner: Owner) -> Bucket? {
        switch owner {
        case .servicePlan(let id): servicePlans[id]?.storage
        case .app: nil
        }
    }
}

extension UploadOutcome {
    fileprivate init(_ failure: UploadFailure?) {
        self =
            switch failure {
            case nil: .uploaded
            case .temporary, .refused: .failed
            case .bucket: .bucket
            case .key: .key
            }
    }
}
