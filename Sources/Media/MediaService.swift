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
    private let clock: any WallClock
    private let bell: Doorbell
    private let settings: Settings
    private let logger: Logger

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
        ids: ULIDGenerator, clock: any WallClock, bell: Doorbell, settings: Settings, logger: Logger
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
            logger.error("The store does not answer; media waits", metadata: ["error": "\(error)"])
            return []
        }
    }

    /// One try for one batch.
    func prepare(_ task: MediaTask) async {
        do {
            if task.expireAt <= clock.now() {
                return try await abandon(task, because: .expiredInQueue)
            }
            let media = try await media(for: task)
            try await store.recordMedia(
                media, for: task.batch, revision: task.revision, expansion: expansion, now: clock.now())
        } catch let failure as FetchFailure {
            if !Task.isCancelled { await put(off: task, because: failure) }
        } catch {
            // Ours, not the customer's: it is tried for as long as the batch lives.
            logger.error(
                "Media could not be kept; it is tried again",
                metadata: ["batch": "\(task.batch)", "error": "\(error)"])
            await put(off: task, until: clock.now() + .seconds(10))
        }
    }

    /// Nil for a text that travels alone.
    ///
    /// - Throws: `FetchFailure` also for what was fetched and breaks a rule; `DiskFailure` when it cannot be kept.
    private func media(for task: MediaTask) async throws -> StoredMedia? {
        guard let url = task.url else { return nil }
        let fetched = try await fetcher.fetch(url)
        if task.isStrict,
            let fault = settings.strictRules.fault(in: fetched.bytes, contentType: fetched.declaredType)
        {
            throw FetchFailure(isTemporary: false, fault)
        }
        return try await library.store(fetched.bytes, contentType: fetched.contentType)
    }

    /// With the routes of this moment.
    private var expansion: Expansion { Expansion(routes: directory.now.routes, ids: ids) }

    private func abandon(_ task: MediaTask, because failure: MessageState.Failure) async throws(StoreFailure) {
        try await store.abandon(
            task.batch, revision: task.revision, because: failure, expansion: expansion, now: clock.now())
    }

    private func put(off task: MediaTask, because failure: FetchFailure) async {
        logger.debug(
            "There is no media that may be sent", metadata: ["batch": "\(task.batch)", "reason": "\(failure.reason)"])
        if failure.isTemporary, task.tries + 1 < settings.tries {
            await put(off: task, until: clock.now() + settings.firstDelay * (1 << min(task.tries, 16)))
        } else {
            do {
                try await abandon(task, because: .badMedia)
            } catch {
                await pause(after: error)
            }
        }
    }

    private func put(off task: MediaTask, until time: Date) async {
        do {
            try await store.postponeMedia(
                of: task.batch, revision: task.revision, until: min(time, max(task.expireAt, clock.now())))
        } catch {
            await pause(after: error)
        }
    }

    /// Keeps the batch from being fetched again at once while the store cannot be told what came of it.
    private func pause(after error: StoreFailure) async {
        logger.error("The store does not answer; media waits", metadata: ["error": "\(error)"])
        // It ends early only with the gateway.
        try? await clock.sleep(until: clock.now() + Self.pauseOfStore)
    }

    private static let pauseOfStore = Duration.seconds(10)
}
