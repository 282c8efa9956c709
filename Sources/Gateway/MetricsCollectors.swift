import FoundationEssentials
import GatewayConfiguration
import GatewayCore
import Operations
import Submission
import Synchronization
import Telemetry
import Trust

extension Collector {
    /// The condition of each MMSC that is configured now, and whether its lane runs; the series show also before anything was sent to it.
    static func conditions(of directory: CurrentDirectory, _ health: Health) -> Collector {
        Collector { telemetry in
            for mmsc in directory.now.mmscs.values {
                let condition = health.condition(of: mmsc)
                telemetry.mmsc(mmsc.name).became(condition.state)
                telemetry.mmsc(mmsc.name).lane(isRunning: !condition.isWithoutLane)
            }
        }
    }

    /// The gateways that share the store, and which MMSCs this one sends to.
    static func replicas(of directory: CurrentDirectory, in store: any Store) -> Collector {
        Collector { telemetry in
            guard let membership = store.ownership?.membership else { return }
            telemetry.shares(membership)
            for name in directory.now.mmscs.keys {
                telemetry.mmsc(name).lane(isOwn: membership.lanes.contains(name))
            }
        }
    }

    /// Whether the gateway is ready, check by check, as `/readyz` has it.
    static func checks(of readiness: Readiness) -> Collector {
        Collector { telemetry in
            for result in await readiness.results() {
                guard let check = ReadinessCheck(rawValue: result.name) else { continue }
                telemetry.checked(check, passes: result.failure == nil)
            }
        }
    }

    /// The room that the data directory has.
    static func room(ofFolder directory: String) -> Collector {
        Collector { telemetry in
            let disk = try DiskRoom(ofFolder: directory)
            telemetry.dataRoom(freeBytes: disk.freeBytes, sizeBytes: disk.sizeBytes)
        }
    }

    /// How large the store is; nothing of one whose server somebody else looks after.
    static func room(of store: any Store, _ limit: StoreSizeLimit) -> Collector {
        Collector { telemetry in
            guard let store = store as? any BoundedStore else { return }
            telemetry.storeSize(usedBytes: try await store.usedBytes(), limitBytes: limit.bytes)
        }
    }

    /// When our certificates for MMSCs expire, as their files are now.
    static func certificates(of directory: CurrentDirectory) -> Collector {
        Collector { telemetry in
            var failure: (any Error)?
            for mmsc in directory.now.mmscs.values {
                guard let file = mmsc.trust?.identity?.certificateFile else { continue }
                do {
                    guard let expiry = PEMFile.expiry(of: try Data(contentsOf: URL(filePath: file))) else { continue }
                    telemetry.certificate("mmscs.\(mmsc.name).tls", expiresAt: expiry)
                } catch {
                    failure = error
                }
            }
            if let failure { throw failure }
        }
    }

    /// What the store keeps, and its size.
    static func kept(in store: any RetentionStore, clock: any DomainClock) -> Collector {
        Collector { telemetry in telemetry.keeps(try await store.keptSpan(), now: clock.now()) }
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
