import FoundationEssentials
package import GatewayCore
package import Logging
import ServiceLifecycle
import WorkLoop

/// Fetches the media of each batch once its time has come, and makes its messages due.
///
/// Messages wait for their media outside the windows of the MMSCs, so that one slow customer's server holds up nobody
/// but that customer.
package struct MediaService: Service {
    private let store: any Store
    private let library: MediaLibrary
    private let fetcher: MediaFetcher
    private let directory: CurrentDirectory
    private let ids: ULIDGenerator
    private let clock: any DomainClock
    private let bell: Doorbell
    private let settings: Settings
    private let logger: Logger
    private let outage = OutageWatch()

    package struct Settings: Sendable {
        /// Downloads at a time.
        package var maxFetches: Int
        /// Downloads of one batch before it is given up.
        package var tries: Int
        /// After the first try; twice as long after each further one.
        package var firstDelay: Duration
        /// For the batches that ask for strict validation.
        package var strictRules: StrictRules

        package init(
            maxFetches: Int = 8, tries: Int = 3, firstDelay: Duration = .seconds(5), strictRules: StrictRules = .init()
        ) {
            self.maxFetches = maxFetches
            self.tries = tries
            self.firstDelay = firstDelay
            self.strictRules = strictRules
        }
    }

    package init(
        store: any Store, library: MediaLibrary, fetcher: MediaFetcher, directory: CurrentDirectory,
        ids: ULIDGenerator, clock: any DomainClock, bell: Doorbell, settings: Settings, logger: Logger
    ) {
        self.store = store
        self.library = library
        self.fetcher = fetcher
        self.directory = directory
        self.ids = ids
        self.clock = clock
        self.bell = bell
        self.settings = settings
        self.logger = logger
    }

    package func run() async throws {
        await WorkLoop<MediaTask>(bell: bell, clock: clock).run { ongoing in
            .init(await tasks(besides: ongoing), nextLook: clock.now() + .seconds(1))
        } perform: { task in
            // A download loses nothing by being ended: the batch is asked for again at the next start.
            await cancelWhenGracefulShutdown { await prepare(task) }
        }
    }

    private func tasks(besides ongoing: Set<Batch.ID>) async -> [MediaTask] {
        let free = settings.maxFetches - ongoing.count
        guard free > 0 else { return [] }
        do {
            return try await store.batchesWithoutMedia(limit: free, now: clock.now(), except: Array(ongoing))
        } catch {
            tell(of: error)
            return []
        }
    }

    /// One try for one batch.
    func prepare(_ task: MediaTask) async {
        guard task.expireAt > clock.now() else { return await abandon(task, because: .expiredInQueue) }
        do {
            await keep(try await fetched(for: task), for: task)
        } catch {
            if !Task.isCancelled { await put(off: task, because: error) }
        }
    }

    /// Nil for a text that travels alone.
    ///
    /// - Throws: also for what was fetched and breaks a rule.
    private func fetched(for task: MediaTask) async throws(FetchFailure) -> MediaFetcher.Fetched? {
        guard let url = task.url else { return nil }
        let fetched = try await fetcher.fetch(url)
        if task.isStrict,
            let fault = settings.strictRules.fault(in: fetched.bytes, contentType: fetched.declaredType)
        {
            throw FetchFailure(isTemporary: false, fault)
        }
        return fetched
    }

    /// What fails here is ours, not the customer's: it is tried for as long as the batch lives. While that takes long
    /// others have their turn, a text alone needs no disk for media.
    private func keep(_ fetched: MediaFetcher.Fetched?, for task: MediaTask) async {
        let isKept = await insist(on: task) {
            var media: StoredMedia?
            if let fetched { media = try await library.store(fetched.bytes, contentType: fetched.contentType) }
            try await store.recordMedia(
                media, for: task.batch, revision: task.revision, expansion: expansion, now: clock.now())
        }
        if !isKept, !Task.isCancelled { await put(off: task, for: Self.pauseOfBatch) }
    }

    /// With the routes of this moment.
    private var expansion: Expansion { Expansion(routes: directory.now.routes, ids: ids) }

    private func abandon(_ task: MediaTask, because failure: MessageState.Failure) async {
        await insist(on: task) {
            try await store.abandon(
                task.batch, revision: task.revision, because: failure, expansion: expansion, now: clock.now())
        }
    }

    private func put(off task: MediaTask, because failure: FetchFailure) async {
        logger.debug(
            "There is no media that may be sent", metadata: ["batch": "\(task.batch)", "reason": "\(failure.reason)"])
        if failure.isTemporary, task.tries + 1 < settings.tries {
            await put(off: task, for: settings.firstDelay * (1 << min(task.tries, 16)))
        } else {
            await abandon(task, because: .badMedia)
        }
    }

    private func put(off task: MediaTask, for pause: Duration) async {
        await insist(on: task) {
            let now = clock.now()
            try await store.postponeMedia(
                of: task.batch, revision: task.revision, until: min(now + pause, max(task.expireAt, now)), now: now)
        }
    }

    /// Does what needs the disk, again and again while it fails: what came of a download is not fetched twice, and the
    /// batch is held meanwhile, so that it is not asked for at once.
    ///
    /// - Returns: whether it was done. It ends early only with the gateway.
    @discardableResult
    private func insist(on task: MediaTask, _ step: () async throws -> Void) async -> Bool {
        for number in 1...Self.patience {
            do {
                try await step()
                if let lasted = outage.succeeded() {
                    logger.notice("Media can be kept again", metadata: ["outage_seconds": "\(Int(lasted.seconds))"])
                }
                return true
            } catch {
                tell(of: error, batch: task.batch)
            }
            do {
                if number < Self.patience { try await clock.sleep(until: clock.now() + Self.pauseOfDisk) }
            } catch {
                return false
            }
        }
        return false
    }

    private func tell(of error: any Error, batch: Batch.ID? = nil) {
        guard let untold = outage.failed() else { return }
        var metadata: Logger.Metadata = ["error": "\(error)", "failures_before": "\(untold)"]
        metadata["batch"] = batch.map { "\($0)" }
        logger.error("The store or the disk does not take media; it is tried again", metadata: metadata)
    }

    private static let pauseOfDisk = Duration.seconds(1)
    /// Steps that fail before the batch gives its place to another.
    private static let patience = 30
    private static let pauseOfBatch = Duration.seconds(10)
}
