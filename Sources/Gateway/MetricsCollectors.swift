import GatewayCore
import Submission
import Synchronization
import Telemetry

extension Collector {
    /// The condition of each MMSC that is configured now; its series show also before anything was sent to it.
    static func conditions(of directory: CurrentDirectory, _ health: Health) -> Collector {
        Collector { telemetry in
            for mmsc in directory.now.mmscs.values {
                telemetry.mmsc(mmsc.name).became(health.condition(of: mmsc).state)
            }
        }
    }

    /// The open messages at each MMSC. Counting reads an index from end to end, so it is done every ten seconds at
    /// most.
    static func queues(
        of directory: CurrentDirectory, _ health: Health, in store: any OpenMessageReader, clock: any DomainClock,
        monotonic: MonotonicClock = .system
    ) -> Collector {
        let last = Mutex<ContinuousClock.Instant?>(nil)
        return Collector { telemetry in
            let now = monotonic.now
            let isFresh = last.withLock { last in
                if let last, now - last < .seconds(10) { return true }
                last = now
                return false
            }
            if isFresh { return }
            let open = try await store.openMessages()
            telemetry.queues(health.queues(open, in: directory.now, now: clock.now()))
        }
    }
}
