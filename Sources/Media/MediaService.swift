import FoundationEssentials
package import GatewayCore
package import Logging
import ServiceLifecycle
package import Spans
import WorkLoop

/// Fetches the media of each batch once its time has come, and makes its messages due.
///
/// Messages that wait for media take no permits of the MMSCs, and downloads are shared out among customers and the
/// servers of each, so that a slow server holds up only its own customer.
package struct MediaService: Service {
    private let store: any MediaQueue
    private let library: MediaLibrary
    private let fetcher: MediaFetcher
    private let directory: CurrentDirectory
    private let ids: ULIDGenerator
    private let clock: any DomainClock
    private let signal: Signal
    private let settings: Settings
    private let downloads: Downloads
    private let log: MediaLog
    private let spans: Spans

    package struct Settings: Sendable {
        /// The most downloads at a time for all customers; one customer may have half of them.
        package var maxFetches: Int
        /// The most tries to download media of one batch.
        package var tries: Int
        /// The pause after the first try; it doubles after each further one.
        package var firstDelay: Duration
        /// The rules for batches that ask for strict validation.
        package var strictRules: StrictRules

        package init(
            maxFetches: Int = 256, tries: Int = 3, firstDelay: Duration = .seconds(5),
            strictRules: StrictRules = .init()
        ) {
            self.maxFetches = maxFetches
            self.tries = tries
            self.firstDelay = firstDelay
            self.strictRules = strictRules
        }
    }

    package init(
        store: any MediaQueue, library: MediaLibrary, fetcher: MediaFetcher, directory: CurrentDirectory,
        ids: ULIDGenerator, clock: any DomainClock, signal: Signal, settings: Settings, spans: Spans = .none,
        logger: Logger
    ) {
        self.store = store
        self.library = library
        self.fetcher = fetcher
        self.directory = directory
        self.ids = ids
        self.clock = clock
        self.signal = signal
        self.settings = settings
        log = MediaLog(logger)
        self.spans = spans
        downloads = Downloads(capacity: settings.maxFetches)
    }

    package func run() async throws {
        await WorkLoop<MediaTask>(signal: signal, clock: clock).run { _ in
            .init(await tasks(), nextLook: clock.now() + .seconds(1))
        } perform: { task in
            // Nothing is lost when a download is cancelled: the next start begins it again.
            let ending = await cancelWhenGracefulShutdown { await prepare(task) }
            downloads.end(task, after: ending)
        }
    }

    private func tasks() async -> [MediaTask] {
        guard let request = downloads.request(now: clock.now()) else { return [] }
        do {
            let found = try await store.batchesWithoutMedia(request)
            downloads.begin(found)
            return found.tasks
        } catch {
            log.storeFailed(error)
            return []
        }
    }

    /// Makes one try for one batch.
    ///
    /// - Returns: what the try says about the server.
    @discardableResult
    func prepare(_ task: MediaTask) async -> MediaShare.Ending {
        guard task.expireAt > clock.now() else {
            guard clock.isSettled else {
                await postpone(task, by: Self.pauseOfBatch, because: nil, isTry: false)
                return .silent
            }
            await abandon(task, because: .expiredInQueue, reason: nil)
            return .silent
        }
        do {
            await keep(try await fetched(for: task), for: task)
            return task.url == nil ? .silent : .answered
        } catch {
            // A try that was cancelled says nothing about the server.
            guard !Task.isCancelled else { return .silent }
            await postpone(task, because: error)
            return error.ending
        }
    }

    /// Downloads the medium; nil for a batch that is only text.
    ///
    /// - Throws: also for a file that was fetched but breaks a rule.
    private func fetched(for task: MediaTask) async throws(FetchFailure) -> MediaFetcher.Fetched? {
        guard let url = task.url else { return nil }
        let span = spans.begin("media download", .client, in: task.trace)
        span.calls(url, method: "GET")
        let fetched: MediaFetcher.Fetched
        do throws(FetchFailure) {
            fetched = try await fetcher.fetch(url)
        } catch {
            span.end(failed: true)
            throw error
        }
        span.set("http.response.body.size", fetched.bytes.count)
        span.end()
        if task.isStrict,
            let breach = settings.strictRules.breach(by: fetched.bytes, contentType: fetched.declaredType)
        {
            throw FetchFailure(.permanent, about: breach.cause, breach.words)
        }
        return fetched
    }

    /// Stores the medium and records it. A failure here is the gateway's, not the customer's, so it is tried for as
    /// long as the batch lives. While it lasts, others have their turn; a batch that is only text needs no disk for
    /// media.
    private func keep(_ fetched: MediaFetcher.Fetched?, for task: MediaTask) async {
        let isKept = await insist(on: task) {
            var media: StoredMedia?
            if let fetched {
                media = try await library.store(fetched.bytes, contentType: fetched.contentType)
                media?.name = fetched.name
            }
            try await store.recordMedia(
                media, number: task.number, for: task.batch, revision: task.revision, expansion: expansion,
                now: clock.now())
        }
        guard !isKept, !Task.isCancelled else { return }
        await postpone(task, by: Self.pauseOfBatch, because: nil, isTry: false)
    }

    /// The expansion with the present routes.
    private var expansion: Expansion { Expansion(routes: directory.now.routes, ids: ids) }

    private func abandon(_ task: MediaTask, because failure: MessageState.Failure, reason: MediaReason?) async {
        await insist(on: task) {
            try await store.abandon(
                task.batch, revision: task.revision, because: failure, reason: reason, expansion: expansion,
                now: clock.now())
        }
    }

    private func postpone(_ task: MediaTask, because failure: FetchFailure) async {
        log.logger.debug(
            "There is no media that may be sent",
            metadata: MediaLog.metadata(task).with("reason", "\(failure.account)"))
        switch failure.kind {
        case .ours:
            log.lacked(failure, for: task)
            await postpone(task, by: Self.pauseOfBatch, because: nil, isTry: false)
        case .temporary where task.tries + 1 < settings.tries:
            let pause = settings.firstDelay * (1 << min(task.tries, 16))
            await postpone(task, by: pause, because: failure.kept, isTry: true)
        case .temporary, .permanent:
            log.ended(task, because: failure)
            await abandon(task, because: failure.cause.failure, reason: failure.kept)
        }
    }

    /// - Parameter reason: nil for a fault of the gateway, which is logged but not shown to the customer.
    private func postpone(_ task: MediaTask, by pause: Duration, because reason: MediaReason?, isTry: Bool) async {
        await insist(on: task) {
            let now = clock.now()
            let last = clock.isSettled ? max(task.expireAt, now) : .distantFuture
            try await store.postponeMedia(
                of: task.batch, revision: task.revision, until: min(now + pause, last),
                because: reason, isTry: isTry, now: now)
        }
    }

    /// Does work that needs the disk, and repeats it while it fails, so that nothing is fetched twice. The batch is
    /// held meanwhile, so that it is not begun again.
    ///
    /// - Returns: whether it was done. It ends early only when the gateway stops.
    @discardableResult
    private func insist(on task: MediaTask, _ step: () async throws -> Void) async -> Bool {
        let end = await Self.patience.keep(by: clock) {
            log.storeFailed($0, for: task)
        } _: {
            try await step()
            log.storeTakes()
        }
        if case .kept = end { return true }
        return false
    }

    /// How long work is repeated; after that the batch gives its permit to another.
    private static let patience = StorePatience(tries: 30, whenBroken: .goOn(longestPause: .seconds(1)))
    private static let pauseOfBatch = Duration.seconds(10)
}
