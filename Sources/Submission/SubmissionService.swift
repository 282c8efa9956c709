package import CurlHTTP
import FoundationEssentials
package import GatewayCore
package import Logging
package import Media
import ServiceLifecycle
package import Spans
package import Telemetry
import WorkLoop

/// What sending to the MMSCs needs of a store.
package typealias SubmissionStore = SubmissionQueue & ContentReader & CarrierStore & OpenMessageReader
    & CancellationQueue & Upkeep

/// Sends every due message to its MMSC: one lane for each MMSC that the directory ever had, none waiting for another.
package struct SubmissionService: Service {
    private let store: any SubmissionStore
    private let library: MediaLibrary
    private let client: HTTPClient
    private let directory: CurrentDirectory
    private let clock: any DomainClock
    private let signals: WorkSignals
    private let health: Health
    private let settings: Settings
    private let random: RandomSource
    private let telemetry: Telemetry
    private let spans: Spans
    private let logger: Logger

    package struct Settings: Sendable {
        package var retries: RetryPolicy
        /// How long after its expiry a message waits for a final report before it counts as unknown.
        package var reportGrace: Duration
        /// The memory for the contents of messages in flight and for the contents kept for later messages.
        package var contentMemoryBytes: Int

        package init(retries: RetryPolicy, reportGrace: Duration, contentMemoryBytes: Int = 64 << 20) {
            self.retries = retries
            self.reportGrace = reportGrace
            self.contentMemoryBytes = contentMemoryBytes
        }
    }

    package init(
        store: any SubmissionStore, library: MediaLibrary, client: HTTPClient, directory: CurrentDirectory,
        clock: any DomainClock, signals: WorkSignals, health: Health, settings: Settings,
        random: RandomSource = .system, telemetry: Telemetry = .none, spans: Spans = .none,
        logger: Logger
    ) {
        self.store = store
        self.library = library
        self.client = client
        self.directory = directory
        self.clock = clock
        self.signals = signals
        self.health = health
        self.settings = settings
        self.random = random
        self.telemetry = telemetry
        self.spans = spans
        self.logger = logger
    }

    package func run() async throws {
        let ongoing = OngoingClaims()
        let log = SubmissionLog(logger)
        let exchange = Exchange(
            client: client, health: health, telemetry: telemetry, log: log, spans: spans, ownership: store.ownership)
        store.ownership?.onLapse { exchange.group.endAll() }
        let recorder = ResultRecorder(store: store, clock: clock, log: log, unrecorded: health.unrecorded)
        let submitter = Submitter(
            contents: ContentCache(store: store, library: library, limitBytes: settings.contentMemoryBytes),
            directory: directory, clock: clock, random: random, retries: settings.retries, ongoing: ongoing,
            exchange: exchange, recorder: recorder)
        let canceller = Canceller(
            directory: directory, clock: clock, random: random, retries: settings.retries, exchange: exchange,
            recorder: recorder)
        async let kept: Void = keepHouse(ongoing: ongoing, log: log)
        async let looked: Void = endLongWaits(in: submitter.contents)
        await withGracefulShutdownHandler {
            await runLanes { lane(to: $0, submitter, canceller) }
        } onGracefulShutdown: {
            health.lanes.stop()
        }
        // Others go on while the rest of the gateway ends.
        await store.ownership?.resign()
        _ = await (kept, looked)
    }

    /// A reload may bring MMSCs, whose lanes begin, or bring one back, whose lane goes on. A lane ends with the
    /// gateway.
    private func runLanes(_ lane: (MMSC) -> Lane) async {
        var generation = -1
        await WorkLoop<Lane>(signal: directory.changed, clock: clock).run { lanes in
            let directory = directory.now
            if directory.generation != generation {
                generation = directory.generation
                for name in directory.mmscs.keys {
                    signals.messages(at: name).raise()
                    signals.cancellations(at: name).raise()
                }
            }
            let mmscs = directory.mmscs.values.filter { !lanes.contains($0.name) }
            health.lanes.missing(of: directory.mmscs.keys)
            store.ownership?.tell(down: health.down)
            return .init(mmscs.map(lane), nextLook: clock.now() + .seconds(1))
        } perform: { lane in
            await lane.run()
        }
    }

    /// Runs the housekeeping beside the lanes, so that a slow store does not keep them from beginning.
    private func keepHouse(ongoing: OngoingClaims, log: SubmissionLog) async {
        var housekeeping = Housekeeping(
            store: store, clock: clock, ongoing: ongoing, reportGrace: settings.reportGrace,
            absent: health.absent, log: log)
        await WorkLoop<Nothing>(signal: Signal(), clock: clock).run { _ in
            await housekeeping.goOn(by: directory.now)
            return .init([], nextLook: clock.now() + .seconds(1))
        } perform: { _ in
        }
    }

    /// Ends long waits for memory, beside the housekeeping, whose rounds take as long as the disk does.
    private func endLongWaits(in contents: ContentCache) async {
        await WorkLoop<Nothing>(signal: Signal(), clock: clock).run { _ in
            contents.endLongWaits()
            return .init([], nextLook: clock.now() + .seconds(1))
        } perform: { _ in
        }
    }

    private func lane(to mmsc: MMSC, _ submitter: Submitter, _ canceller: Canceller) -> Lane {
        let log = submitter.exchange.log
        let cancellations = CancellationLane(
            name: mmsc.name, store: store, directory: directory, health: health, canceller: canceller, clock: clock,
            signal: signals.cancellations(at: mmsc.name), log: log, ownership: store.ownership)
        return Lane(
            name: mmsc.name, store: store, directory: directory, health: health, submitter: submitter,
            cancellations: cancellations, clock: clock, uptime: SteadyClock.systemUptime,
            signal: signals.messages(at: mmsc.name), log: log)
    }
}
