import GatewayCore
import Glibc
import Synchronization

/// The one place that writes. All jobs that wait go into one transaction and are answered after its commit, so many
/// callers share one wait for the disk. No job waits for others to arrive.
final class Writer: Sendable {
    private struct State {
        var jobs: [Job] = []
        var isDraining = false
        var isClosed = false
    }

    /// The most jobs in one transaction.
    private static let jobLimit = 256
    /// The number of changed rows after which a transaction is committed, so that a few large jobs do not hold up the
    /// rest.
    private static let rowLimit = 4_000
    /// How long to wait for a lock after an earlier wait for it failed.
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
    /// How long an answer is kept for repeats.
    let answerLife: Duration
    let isClockSettled: @Sendable () -> Bool
    /// Whether the last transaction could not be begun. Used by the connection's thread alone.
    private let isLockedOut = Atomic<Bool>(false)

    /// - Parameters:
    ///   - database: what the thread's connection writes to.
    ///   - tally: the tally that the database has.
    ///   - busyTimeout: how long a transaction waits for a lock, unless the one before waited without success.
    ///   - targets: the targets of an event; called on the connection's thread.
    ///   - isClockSettled: whether the time that callers pass is certain.
    init(
        _ thread: ConnectionThread, to database: OpenDatabase, tally: QueueTally, signals: WorkSignals,
        busyTimeout: Duration, targets: @escaping CallTargets = { [CallTarget($0.batchTarget)] },
        answerLife: Duration = KeptAnswer.life,
        isClockSettled: @escaping @Sendable () -> Bool = { true }
    ) {
        self.thread = thread
        self.database = database
        self.busyTimeout = busyTimeout
        self.targets = targets
        self.answerLife = answerLife
        self.isClockSettled = isClockSettled
        self.tally = Mutex(tally)
        self.signals = signals
    }

    /// Messages that no MMSC has taken yet.
    var waitingCount: Int { tally.withLock(\.waiting.all) }

    /// Messages of an owner that no MMSC has taken yet.
    func waitingCount(of owner: Int) -> Int { tally.withLock { $0.waiting[owner] } }

    /// Jobs that wait for the next transaction.
    var waitingJobs: Int { state.withLock(\.jobs.count) }

    /// Transactions committed so far.
    var commitCount: Int { commits.load(ordering: .relaxed) }

    /// Writes, and returns after the commit.
    ///
    /// - Throws: what went wrong; nothing was written then, unless the error is `.uncertain`.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws(SQLiteError) -> Value
    ) async throws(StoreFailure) -> Value {
        let result: Result<Value, StoreFailure> = await withCheckedContinuation { continuation in
            post(Job(body, answering: continuation))
        }
        return try result.get()
    }

    /// Takes no more jobs, finishes those that it has, carries the log over into the database and closes it.
    func close() async {
        state.withLock { $0.isClosed = true }
        await thread.close { connection in
            // If this fails, the next start reads the log.
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
                // The jobs before the failed one are done again without it. It is then the first, and fails alone.
                size = max(index, 1)
            }
        }
    }

    private enum CommitResult {
        /// This many of the jobs have their answer.
        case answered(Int)
        /// The job at this index failed, and nothing was written of the jobs before it.
        case failed(at: Int)
        /// No transaction can be begun. All waiting jobs fail, since each group would wait for the same lock again.
        case notBegun(StoreFailure)
    }

    /// Commits jobs in one transaction. A savepoint before each job would cost a fifth more; jobs hardly ever fail and
    /// can be run again.
    private func attempt(_ jobs: ArraySlice<Job>, on connection: Connection) -> CommitResult {
        let transaction = Transaction(
            on: connection, tally: tally.withLock(\.self), targets: targets, answerLife: answerLife,
            isClockSettled: isClockSettled)
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
            // The jobs after them were not part of this transaction, and go into the next.
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

    /// Makes sure, before anybody gets an answer, that the next start does not find a commit that failed at the disk.
    ///
    /// Its pages may be in the log with the mark of the commit, and only this process knows that they do not count. So
    /// something else is committed in their place. If that commit is durable, nothing of the failed one was kept. If it
    /// is only written, it survives the end of the process, but perhaps not the end of the machine.
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
                // Nobody can be answered meanwhile, and no other job could write.
                usleep(Self.settlingPauseMicroseconds)
            }
        }
        return .uncertain(error.description)
    }

    private static let settlingTries = 20
    private static let settlingPauseMicroseconds: UInt32 = 100_000

    /// After one wait that failed, later calls wait only a short time for the lock and fail soon.
    private func setLockedOut(_ isOut: Bool, on connection: Connection) {
        guard isLockedOut.exchange(isOut, ordering: .relaxed) != isOut else { return }
        connection.setBusyTimeout(isOut ? min(busyTimeout, Self.shortBusyTimeout) : busyTimeout)
    }
}
