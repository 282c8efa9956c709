package import CurlHTTP
import FoundationEssentials
package import GatewayCore
package import Logging
package import Media
import ServiceLifecycle
import WorkLoop

/// Sends every due message to its MMSC: one lane for each MMSC of the directory, none waiting for another.
package struct SubmissionService: Service {
    private let store: any Store
    private let library: MediaLibrary
    private let client: HTTPClient
    private let directory: CurrentDirectory
    private let clock: any WallClock
    private let signals: WorkSignals
    private let settings: Settings
    private let logger: Logger

    package struct Settings: Sendable {
        package var retries: RetryPolicy
        /// How long after its expiry a message waits for a final report before it counts as unknown.
        package var reportGrace: Duration

        package init(retries: RetryPolicy, reportGrace: Duration) {
            self.retries = retries
            self.reportGrace = reportGrace
        }
    }

    package init(
        store: any Store, library: MediaLibrary, client: HTTPClient, directory: CurrentDirectory,
        clock: any WallClock, signals: WorkSignals, settings: Settings, logger: Logger
    ) {
        self.store = store
        self.library = library
        self.client = client
        self.directory = directory
        self.clock = clock
        self.signals = signals
        self.settings = settings
        self.logger = logger
    }

    package func run() async throws {
        let ongoing = OngoingClaims()
        let exchange = Exchange(
            store: store, contents: ContentCache(store: store, library: library), client: client,
            directory: directory, clock: clock, retries: settings.retries,
            alarm: RepairAlarm(logger: logger), ongoing: ongoing, logger: logger)
        // A reload may bring MMSCs; the lane of one that is gone ends by itself.
        await WorkLoop<Lane>(bell: directory.changed, clock: clock).run { lanes in
            await sweep(besides: ongoing.all)
            let mmscs = directory.now.mmscs.values.filter { !lanes.contains($0.name) }
            return .init(mmscs.map { lane(to: $0, exchange: exchange) }, nextLook: clock.now() + .seconds(1))
        } perform: { lane in
            await lane.run()
        }
    }

    private func lane(to mmsc: MMSC, exchange: Exchange) -> Lane {
        Lane(
            name: mmsc.name, store: store, directory: directory, exchange: exchange, clock: clock,
            bell: signals.messages(at: mmsc.name), logger: logger)
    }

    /// Messages changed by one sweep, each second, of each kind: the writer is not held up by more.
    private static let sweepLimit = 1000

    /// What time alone brings about: leases that ended without an outcome, messages that expired in the queue, reports
    /// that never came.
    private func sweep(besides ongoing: Set<Message.ID>) async {
        let now = clock.now()
        do {
            let lost = try await store.endLeases(except: ongoing, now: now)
            if lost > 0 { logger.warning("Attempts ended without an answer", metadata: ["count": "\(lost)"]) }
            _ = try await store.expire(limit: Self.sweepLimit, now: now)
            let overdue = Date(milliseconds: now.milliseconds - Int64(settings.reportGrace.seconds * 1000))
            _ = try await store.settleUnreported(expiredBefore: overdue, limit: Self.sweepLimit, now: now)
        } catch {
            logger.error(
                "The store does not answer; leases and expiry are not looked after", metadata: ["error": "\(error)"])
        }
    }
}
