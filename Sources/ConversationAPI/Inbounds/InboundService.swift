import FoundationEssentials
package import GatewayCore
package import Logging
import ServiceLifecycle
import WorkLoop

/// Reads what handsets sent to apps, so that the apps are notified of it: see `UnreadInbounds`.
///
/// Apps take turns. A message that cannot be recorded is tried again after a pause, and holds up no other; what is sent to
/// an app that is not in the directory waits until it is there again.
package struct InboundService: Service {
    private let store: StoreRoles
    private let interpreter: InboundInterpreter
    private let directory: CurrentDirectory
    private let clock: any DomainClock
    private let signal: Signal
    private let log: InboundLog
    private let pauses = InboundPauses()

    package init(
        store: StoreRoles, directory: CurrentDirectory, clock: any DomainClock, ids: ULIDGenerator, signal: Signal,
        settings: ConversationAPI.Settings, logger: Logger
    ) {
        self.store = store
        self.directory = directory
        self.clock = clock
        self.signal = signal
        log = InboundLog(logger)
        interpreter = InboundInterpreter(store: store, ids: ids, settings: settings, log: log)
    }

    /// The most messages that are read at a time; each takes a few calls of the store.
    private static let mostAtOnce = 16
    /// The longest wait for a signal.
    private static let longestPause = Duration.seconds(1)

    package func run() async throws {
        var absent: Set<Owner> = []
        await WorkLoop<Inbound>(signal: signal, clock: clock).run { ongoing in
            let directory = directory.now
            for owner in absent where directory.app(owner) != nil {
                absent.remove(owner)
                log.isBack(owner)
            }
            return await look(except: &absent, and: ongoing, in: directory)
        } perform: { inbound in
            await read(inbound)
        }
    }

    /// The next messages. Apps that turn out to be gone are added to the absent.
    func look(
        except absent: inout Set<Owner>, and ongoing: Set<Inbound.ID>, in directory: Directory
    ) async -> WorkLoop<Inbound>.Found {
        let now = clock.now()
        let free = Self.mostAtOnce - ongoing.count
        guard free > 0 else { return .init([], nextLook: now + Self.longestPause) }
        let passedOver = ongoing.union(pauses.paused(at: now))
        do throws(StoreFailure) {
            let found = try await store.unread.unreadInbounds(limit: free + passedOver.count, except: absent)
            let gone = found.compactMap(\.owner).filter { directory.app($0) == nil }
            for owner in gone { log.isAbsent(owner) }
            absent.formUnion(gone)
            let items = found.filter { inbound in
                !passedOver.contains(inbound.id) && inbound.owner.map { !gone.contains($0) } ?? false
            }
            // The next look leaves out the absent, so this comes once for each of them.
            return .init(Array(items.prefix(free)), nextLook: gone.isEmpty ? now + Self.longestPause : now)
        } catch {
            log.storeFailed(error)
            return .init([], nextLook: now + Self.longestPause)
        }
    }

    func read(_ inbound: Inbound) async {
        // One whose app has gone in between is found again.
        guard let owner = inbound.owner, let (app, project) = directory.now.app(owner) else { return }
        let now = clock.now()
        do throws(StoreFailure) {
            let reading = try await interpreter.reading(of: inbound, for: app, in: project, now: now)
            _ = try await store.unread.record(reading, of: inbound.id, now: clock.now())
            pauses.end(of: inbound.id)
            log.storeAnswers()
        } catch {
            pauses.begin(of: inbound.id, at: now)
            if error.mayPass { log.storeFailed(error) } else { log.isStuck(inbound, owner, error) }
        }
    }
}
