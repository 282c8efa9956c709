import FoundationEssentials
import GatewayCore
import SQLStore
import Synchronization

/// Keeps a process's row alive, on a connection that waits for no work, and looks what the others do.
final class Renewal: Sendable {
    private let membership: Membership
    private let thread: ConnectionThread
    private let statistics: TableStatistics
    private let tasks = Mutex<[Task<Void, Never>]>([])

    init(of membership: Membership, on thread: ConnectionThread, _ statistics: TableStatistics) {
        (self.membership, self.thread, self.statistics) = (membership, thread, statistics)
    }

    /// Begins with the rounds, and with watching the time after which this process must not go on.
    func start() {
        let rounds = Task { [membership, thread, statistics] in
            while !Task.isCancelled {
                await withCheckedContinuation { continuation in
                    thread.perform { connection in
                        let start = ContinuousClock.now
                        membership.renew(on: connection)
                        // Where the server is slow, nothing comes between two renewals.
                        if start.duration(to: .now) < .milliseconds(500) {
                            membership.renew(statistics, on: connection)
                        }
                        continuation.resume()
                    }
                }
                do { try await Task.sleep(for: Membership.pause) } catch { return }
            }
        }
        let watch = Task { [membership] in
            while let next = membership.watch() {
                do { try await Task.sleep(until: next, clock: .continuous) } catch { return }
            }
        }
        tasks.withLock { $0 = [rounds, watch] }
    }

    /// Others that start need not wait for this process any more.
    func isReady() async {
        await withCheckedContinuation { continuation in
            thread.perform { [membership] connection in
                membership.becomeReady(on: connection)
                continuation.resume()
            }
        }
    }

    /// Gives the duties to whoever asks next, and takes none any more.
    func resign() async {
        await withCheckedContinuation { continuation in
            thread.perform { [membership] connection in
                membership.resign(on: connection)
                continuation.resume()
            }
        }
    }

    /// Gives the duties to whoever asks next, and ends. Nothing may be in flight any more.
    func stop() async {
        for task in tasks.withLock(\.self) { task.cancel() }
        await resign()
        let id = membership.close()
        await thread.close { connection in
            // The others wait until the row has expired if it cannot be removed; nobody waits for the server here.
            guard let driver = connection.driver as? PostgresDriver, !driver.isLost else { return }
            _ = try? connection.run(ReplicaQuery.leave, [":id": .id(id)])
        }
    }
}

extension Membership {
    /// One round: renews the row and looks at those of the others. A round that fails is followed by another.
    fileprivate func renew(on connection: Connection) {
        guard !state.withLock(\.isClosed) else { return }
        do throws(SQLError) {
            let sentAt = ContinuousClock.now
            if try connection.run(ReplicaQuery.renew, [":id": .id(id)]) == 1 {
                confirm(sentAt)
                if state.withLock({ $0.isReady && !$0.isToldReady }) {
                    _ = try connection.run(ReplicaQuery.ready, [":id": .id(id)])
                    state.withLock { $0.isToldReady = true }
                }
            } else {
                try rejoin(on: connection)
            }
            try look(on: connection)
        } catch {
            // It is the deadline that counts, and the store's own connections tell of an outage.
            return
        }
    }

    /// One of all processes does it, as far as they know of each other.
    fileprivate func renew(_ statistics: TableStatistics, on connection: Connection) {
        guard state.withLock({ !$0.isClosed && $0.portion.number == 0 }) else { return }
        do throws(SQLError) { try statistics.renew(askedOn: connection) } catch {
            // They are renewed with a later round.
            return
        }
    }

    private func confirm(_ sentAt: ContinuousClock.Instant) {
        let onLapse = state.withLock { state -> (@Sendable () -> Void)? in
            guard !state.isClosed else { return nil }
            // The process may have been stopped for a while, and another may have gone on in its place.
            let hasLapsed = !state.isTrusted
            if hasLapsed { state.lapse() }
            state.deadline = sentAt + Self.trust
            return hasLapsed ? state.onLapse : nil
        }
        onLapse?()
    }

    /// Comes back after it counted as gone, without a duty.
    private func rejoin(on connection: Connection) throws(SQLError) {
        let (former, isReady, onLapse) = state.withLock { state in
            state.lapse()
            return (state.id, state.isReady, state.onLapse)
        }
        onLapse()
        let id = ULIDGenerator().next(at: Date())
        let sentAt = ContinuousClock.now
        let bindings = row(as: id).with([":former": .id(former), ":is_ready": .flag(isReady)])
        guard try connection.run(ReplicaQuery.rejoin, bindings) == 1 else { return }
        state.withLock { $0.id = id }
        confirm(sentAt)
    }

    private func look(on connection: Connection) throws(SQLError) {
        let (id, before) = state.withLock { ($0.id, $0.duties) }
        let members = try connection.rows(ReplicaQuery.members) { (row) throws(SQLError) in try row.text() }
        let lanes = try connection.rows(ReplicaQuery.lanes) { (row) throws(SQLError) in
            (name: try row.text(), owner: try row.text(), isDown: try row.flag())
        }
        let apps = try connection.first(ReplicaQuery.appChanges) { (row) throws(SQLError) in Int64(try row.integer()) }
        let mine = id.description
        let own = Set(lanes.filter { $0.owner == mine }.map { Duty(named: $0.name) })
        // A server that took the place of another may not know of them.
        let lost = before.subtracting(own)
        let (freed, areAppsOld) = state.withLock { state in
            if !lost.isEmpty { state.lapse() }
            let others = lanes.filter { $0.owner != mine }
            let elsewhere = Set(others.map { Duty(named: $0.name) })
            state.downElsewhere = Set(others.filter(\.isDown).compactMap { Duty.mmsc(ofName: $0.name) })
            let number = members.firstIndex(of: mine)
            state.portion = number.map { Portion($0, of: members.count) } ?? .all
            let areAppsOld = state.appChanges != nil && state.appChanges != apps
            state.appChanges = apps
            defer { state.elsewhere = elsewhere }
            return (state.elsewhere.subtracting(elsewhere), areAppsOld)
        }
        if !lost.isEmpty { state.withLock(\.onLapse)() }
        for duty in freed { if case .lane(let mmsc) = duty { signals.messages(at: mmsc).raise() } }
        if areAppsOld { signals.apps.raise() }
        try tellDown(on: connection)
        try giveUpUnused(on: connection)
        try forget(on: connection)
    }

    /// Removes rows of processes that are gone for long, now and then.
    private func forget(on connection: Connection) throws(SQLError) {
        let isDue = state.withLock { state in
            let isDue = state.lastForgetting.map { $0.duration(to: .now) > Self.pauseOfForgetting } ?? true
            if isDue { state.lastForgetting = .now }
            return isDue
        }
        guard isDue else { return }
        _ = try connection.run(ReplicaQuery.forget)
        _ = try connection.run(ReplicaQuery.forgetMarks, [":home": .id(identity.home)])
    }

    /// Ends what the process had if its time is over; returns when to look again, nil at its end.
    fileprivate func watch() -> ContinuousClock.Instant? {
        let (next, onLapse) = state.withLock { state -> (ContinuousClock.Instant?, (@Sendable () -> Void)?) in
            guard !state.isClosed else { return (nil, nil) }
            guard !state.isTrusted else { return (state.deadline, nil) }
            state.lapse()
            // Again and again: a request may just have begun.
            return (.now + .milliseconds(500), state.onLapse)
        }
        onLapse?()
        return next
    }

    /// A row that is not ready makes those that start wait, and is written with the next round too.
    fileprivate func becomeReady(on connection: Connection) {
        state.withLock { $0.isReady = true }
        renew(on: connection)
    }

    /// Another gave its duties back: whoever asks may have them.
    func forgetOthers() { state.withLock { $0.elsewhere = [] } }

    fileprivate func resign(on connection: Connection) {
        let (id, lanes, isFirst) = state.withLock { state in
            let lanes = Set(state.duties.compactMap { Duty.mmsc(ofName: $0.name) })
            defer {
                state.isResigned = true
                state.lapse()
            }
            return (state.id, lanes, !state.isResigned)
        }
        guard isFirst, let driver = connection.driver as? PostgresDriver, !driver.isLost else { return }
        do throws(SQLError) {
            _ = try connection.run(ReplicaQuery.resign, [":id": .id(id)])
        } catch {
            // The others wait until the row has expired.
            return
        }
        var signals = CommitSignals()
        (signals.mmscs, signals.cancelling) = (lanes, lanes)
        bell?.ring(signals.words + [Bell.resigned])
    }

    fileprivate func close() -> ULID {
        state.withLock { state in
            state.isClosed = true
            state.deadline = .now
            return state.id
        }
    }
}
