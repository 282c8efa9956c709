import GatewayCore
import Glibc
import Synchronization

/// The one place that writes. Whatever is waiting goes into one transaction and is answered after its commit: many
/// callers, one wait for the disk. Nobody waits for others to come.
final class Writer: Sendable {
    private struct State {
        var jobs: [Job] = []
        var isDraining = false
        var isClosed = false
    }

    /// Jobs in one transaction at most.
    private static let jobLimit = 256
    /// Rows changed in one transaction after which it is committed, so that a few large jobs do not hold up the rest.
    private static let rowLimit = 4_000
    /// How long to wait for a lock that was waited for in vain before.
    private static let shortBusyTimeout = Duration.milliseconds(100)

    private let thread: ConnectionThread
    private let database: OpenDatabase
    private let signals: WorkSignals
    private let state = Mutex(State())
    private let commits = Atomic<Int>(0)
    /// The tally of what is committed. Written by the connection's thread alone.
    private let tally: Mutex<QueueTally>
    private let busyTimeout: Duration
    private let targets: CallTargets
    let isClockSettled: @Sendable () -> Bool
    /// Whether the last transaction could not be begun. Used by the connection's thread alone.
    private let isLockedOut = Atomic<Bool>(false)

    /// - Parameters:
    ///   - database: what the thread's connection writes to.
    ///   - tally: as the database has it.
    ///   - busyTimeout: how long a transaction waits for a lock, unless the one before did so in vain.
    ///   - targets: of an event; asked on the connection's thread.
    ///   - isClockSettled: whether nothing speaks against the time that callers name.
    init(
        _ thread: ConnectionThread, to database: OpenDatabase, tally: QueueTally, signals: WorkSignals,
        busyTimeout: Duration, targets: @escaping CallTargets = { [$0.batchTarget] },
        isClockSettled: @escaping @Sendable () -> Bool = { true }
    ) {
        self.thread = thread
        self.database = database
        self.busyTimeout = busyTimeout
        self.targets = targets
        self.isClockSettled = isClockSettled
        self.tally = Mutex(tally)
        self.signals = signals
    }

    /// Messages that no MMSC has taken yet.
    var waitingCount: Int { tally.withLock(\.waiting) }

    /// Jobs that wait for the next transaction.
    var waitingJobs: Int { state.withLock(\.jobs.count) }

    /// Transactions committed so far.
    var commitCount: Int { commits.load(ordering: .relaxed) }

    /// Writes, and returns when that is committed.
    ///
    /// - Throws: what went wrong; then nothing of it was kept, unless it is `.uncertain`.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws(SQLiteError) -> Value
    ) async throws(StoreFailure) -> Value {
        let result: Result<Value, StoreFailure> = await withCheckedContinuation { continuation in
            post(Job(body, answering: continuation))
        }
        return try result.get()
    }

    /// Takes no more jobs, ends those it has, carries the log over into the database and closes it.
    func close() async {
        state.withLock { $0.isClosed = true }
        await thread.close { connection in
            // What stays in the log is read from there at the next start.
            _ = try? connection.value(of: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
    }

    private func post(_ job: Job) {
        let isTaken = state.withLock { state in
            guard !state.isClosed else { return false }
            state.jobs.append(job)
            if !state.isDraining {
                state.isDraining = true
                // With the lock held, so that closing comes after it.
                thread.perform { connection in self.drain(on: connection) }
            }
            return true
        }
        if !isTaken { job.fail(.closed) }
    }

    private func drain(on connection: Connection) {
        while case let waiting = takeAll(), !waiting.isEmpty {
            var jobs = waiting[...]
            while !jobs.isEmpty { commit(&jobs, on: connection) }
        }
    }

    private func takeAll() -> [Job] {
        state.withLock { state in
            state.isDraining = !state.jobs.isEmpty
            defer { state.jobs = [] }
            return state.jobs
        }
    }

    /// Takes jobs from the front into one transaction and answers them after its commit.
    private func commit(_ jobs: inout ArraySlice<Job>, on connection: Connection) {
        var size = Self.jobLimit
        while true {
            switch attempt(jobs.prefix(size), on: connection) {
            case .answered(let count):
                jobs.removeFirst(count)
                return
            case .notBegun(let failure):
                for job in jobs { job.fail(failure) }
                jobs.removeAll()
                return
            case .failed(let index):
                // Those before it are done again without it. It is then the first, and fails alone.
                size = max(index, 1)
            }
        }
    }

    private enum CommitResult {
        /// So many of the jobs have their answer.
        case answered(Int)
        /// The job at this index failed, and nothing was kept of those before it.
        case failed(at: Int)
        /// No transaction can be begun. Whoever waits would wait for the same lock again, one group after the other.
        case notBegun(StoreFailure)
    }

    /// Commits jobs in one transaction. A mark to go back to before each would cost a fifth more; jobs hardly ever fail
    /// and can be run again.
    private func attempt(_ jobs: ArraySlice<Job>, on connection: Connection) -> CommitResult {
        let transaction = Transaction(
            on: connection, tally: tally.withLock(\.self), targets: targets, isClockSettled: isClockSettled)
        let rowsBefore = connection.totalChanges
        var answers: [Job.Answer] = []
        do throws(SQLiteError) {
            try connection.run(TransactionQuery.begin)
            setLockedOut(false, on: connection)
        } catch {
            connection.rollBack()
            setLockedOut(true, on: connection)
            return .notBegun(StoreFailure(error))
        }
        var (isJob, isWritten) = (true, false)
        do throws(SQLiteError) {
            for job in jobs where connection.totalChanges - rowsBefore < Self.rowLimit {
                answers.append(try job.write(transaction))
            }
            isJob = false
            try database.requireSameFiles(on: connection)
            isWritten = true
            try connection.run(TransactionQuery.commit)
        } catch {
            connection.rollBack()
            if isJob && jobs.count > 1 { return .failed(at: answers.count) }
            let explained = connection.explained(error)
            let failure = isWritten && error.isOfDisk ? settled(explained, on: connection) : StoreFailure(explained)
            // Those behind them were not part of it, and go into the next.
            let part = isJob ? jobs.prefix(1) : jobs.prefix(answers.count)
            for job in part { job.fail(failure) }
            return .answered(part.count)
        }
        commits.add(1, ordering: .relaxed)
        tally.withLock { $0 = transaction.tally }
        transaction.signals.raise(in: signals)
        for answer in answers { answer() }
        return .answered(answers.count)
    }

    /// Sees to it that a commit which failed at the disk is not found by the next start, before anybody gets an answer.
    ///
    /// Its pages may stand in the log, with the mark of the commit: only this process knows that they do not count. So
    /// something else is committed in their place. Where that is made durable nothing was kept; where it is written and
    /// no more than that, the end of the process finds it and the end of the machine may not.
    private func settled(_ error: SQLiteError, on connection: Connection) -> StoreFailure {
        for _ in 0..<Self.settlingTries {
            do throws(SQLiteError) {
                try connection.run(TransactionQuery.begin)
                try connection.run(TransactionQuery.probe)
                try connection.run(TransactionQuery.commit)
                return StoreFailure(error)
            } catch {
                connection.rollBack()
                if error.isOfSync { break }
                // Nobody can be answered meanwhile, and nobody else could write.
                usleep(Self.settlingPauseMicroseconds)
            }
        }
        return .uncertain(error.description)
    }

    private static let settlingTries = 20
    private static let settlingPauseMicroseconds: UInt32 = 100_000

    /// A lock that outlasted one wait is not waited for again: who calls meanwhile hears of it soon.
    private func setLockedOut(_ isOut: Bool, on connection: Connection) {
        guard isLockedOut.exchange(isOut, ordering: .relaxed) != isOut else { return }
        connection.setBusyTimeout(isOut ? min(busyTimeout, Self.shortBusyTimeout) : busyTimeout)
    }
}
