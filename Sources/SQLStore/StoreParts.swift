package import FoundationEssentials
package import GatewayCore
import Synchronization

/// What a store on an SQL database is made of, and what it knows of the present run.
package final class StoreParts: Sendable {
    package let findings: StoreFindings
    package let writer: Writer
    package let readers: Readers
    package let customerReads: Readers
    /// Nil where this process has the database alone.
    package let replicas: (any Replicas)?
    /// Batches whose cancellation a failure interrupted.
    let interrupted = Mutex<Set<Batch.ID>>([])
    /// When the work of processes that are gone was last looked for.
    private let lastTakingUp = Mutex<ContinuousClock.Instant?>(nil)
    /// The longest leases that this process gave out.
    let longestLeases = Mutex(LongestLeases())
    /// The number of the app whose batch was the last to have its turn.
    let lastBatchApp = Mutex(0)

    private init(
        findings: StoreFindings, writer: Writer, readers: Readers, customerReads: Readers, replicas: (any Replicas)?
    ) {
        (self.findings, self.writer, self.replicas) = (findings, writer, replicas)
        (self.readers, self.customerReads) = (readers, customerReads)
    }

    /// The connections of a store: one that writes, and those that read.
    package struct Connections: Sendable {
        let writer: ConnectionThread
        let readers: [ConnectionThread]
        let customerReaders: [ConnectionThread]

        package init(writer: ConnectionThread, readers: [ConnectionThread], customerReaders: [ConnectionThread]) {
            (self.writer, self.readers, self.customerReaders) = (writer, readers, customerReaders)
        }
    }

    /// Makes a store of open connections, and does what the start of a process does: what another held at its end is
    /// over.
    ///
    /// - Parameters:
    ///   - isNew: whether there was no store before.
    ///   - now: the time at which messages that were in flight are due again; read after `onLastEntry` was called.
    ///   - onLastEntry: called with the time at which a gateway looked after the store last, if there is one, before any
    ///     message is changed.
    ///   - replicas: nil where this process has the database alone.
    ///   - othersRun: whether other processes use the database now, whose claims go on.
    package static func start(
        _ connections: Connections, isNew: Bool, replicas: (any Replicas)? = nil, othersRun: Bool = false,
        signals: WorkSignals, targets: @escaping CallTargets,
        answerLife: Duration, isClockSettled: @escaping @Sendable () -> Bool, now: () -> Date,
        onLastEntry: (Date) -> Void
    ) async throws(StoreFailure) -> StoreParts {
        let (own, customers) = (Readers(connections.readers), Readers(connections.customerReaders))
        let (tally, lastEntry, isCopy) = try await own.read { (snapshot) throws(SQLError) in
            let lastEntry = try snapshot.connection.first(PulseQuery.keptTime) { $0.optionalTime() } ?? nil
            let isCopy = try snapshot.connection.first(
                RestorationQuery.isCopy, read: { (row) throws(SQLError) in try row.flag() })
            // Where others run they have counted it, and it is read with the first transaction.
            return (othersRun ? QueueTally() : try snapshot.queueTally(), lastEntry, isCopy ?? false)
        }
        if let lastEntry { onLastEntry(lastEntry) }
        let now = now()
        let writer = Writer(
            connections.writer, tally: tally, signals: signals, targets: targets, answerLife: answerLife,
            isClockSettled: isClockSettled, replicas: replicas)
        let (claims, withdrawals) = try await writer.write { (transaction) throws(SQLError) in
            _ = try transaction.standing(to: .housekeeping, now: now)
            guard !othersRun else { return (0, [] as [Batch.ID]) }
            // One that was taken to be gone may have written until now.
            if replicas != nil { try transaction.recount() }
            return (try transaction.endLeases(until: nil, now: now), try transaction.markedWithdrawals())
        }
        while !othersRun,
            case let count = try await writer.write({ (transaction) throws(SQLError) in
                try transaction.restart(limit: Self.stepAtStart, now: now)
            }), count > 0
        {}
        let parts = StoreParts(
            findings: StoreFindings(isNew: isNew, lastEntry: lastEntry, claimsInDoubt: claims, isCopy: isCopy),
            writer: writer, readers: own, customerReads: customers, replicas: replicas)
        parts.interrupted.withLock { $0.formUnion(withdrawals) }
        do throws(StoreFailure) {
            try await parts.withdrawTheRest(now: now)
        } catch {
            // One that cannot be withdrawn is no reason to send nothing at all. It is tried again with every look
            // after leases, which reports the failure.
            guard case .broken = error else { throw error }
        }
        return parts
    }

    /// Goes on with what a process that is gone may have left half done, at the beginning of the housekeeping and then each
    /// minute.
    func takeUpWork() async throws(StoreFailure) {
        guard replicas != nil, keepsHouse,
            lastTakingUp.withLock(\.self).map({ .now - $0 > Self.pauseOfTakingUp }) ?? true
        else { return }
        let withdrawals = try await writer.write { (transaction) throws(SQLError) in try transaction.markedWithdrawals()
        }
        interrupted.withLock { $0.formUnion(withdrawals) }
        while case let count = try await writer.write({ (transaction) throws(SQLError) in
            try transaction.moveMessages(limit: Self.stepAtStart)
        }), count > 0 {}
        lastTakingUp.withLock { $0 = .now }
    }

    private static let pauseOfTakingUp = Duration.seconds(60)

    /// The most rows of each kind that are changed in one transaction.
    package static let stepAtStart = 5_000
}
