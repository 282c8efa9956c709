package import GatewayCore
import Synchronization

/// The one place that writes. All jobs that wait go into one transaction and are answered after its commit, so many
/// callers share one wait for the disk. No job waits for others to arrive.
package final class Writer: Sendable {
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

    private let thread: ConnectionThread
    private let signals: WorkSignals
    private let state = Mutex(State())
    private let commits = Atomic<Int>(0)
    /// The tally of what is committed. Written by the connection's thread alone.
    private let tally: Mutex<QueueTally>
    private let targets: CallTargets
    /// How long an answer is kept for repeats.
    let answerLife: Duration
    let isClockSettled: @Sendable () -> Bool
    private let replicas: (any Replicas)?

    /// - Parameters:
    ///   - tally: the tally that the database has.
    ///   - targets: the targets of an event; called on the connection's thread.
    ///   - isClockSettled: whether the time that callers pass is certain.
    ///   - replicas: nil where this process has the database alone.
    package init(
        _ thread: ConnectionThread, tally: QueueTally, signals: WorkSignals,
        targets: @escaping CallTargets = { [CallTarget($0.batchTarget)] }, answerLife: Duration = KeptAnswer.life,
        isClockSettled: @escaping @Sendable () -> Bool = { true }, replicas: (any Replicas)? = nil
    ) {
        self.thread = thread
        self.targets = targets
        self.answerLife = answerLife
        self.isClockSettled = isClockSettled
        self.replicas = replicas
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
    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws(SQLError) -> Value
    ) async throws(StoreFailure) -> Value {
        let result: Result<Value, StoreFailure> = await withCheckedContinuation { continuation in
            post(Job(body, answering: continuation))
        }
        return try result.get()
    }

    /// Takes no more jobs, finishes those that it has, and closes the connection after a last step.
    package func close(lastly: @escaping @Sendable (Connection) -> Void = { _ in }) async {
        state.withLock { $0.isClosed = true }
        await thread.close(lastly: lastly)
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
            case .heldUp(let failure):
                for job in jobs { job.fail(failure) }
                jobs.removeAll()
                return
            case .failed(let index):
                // The jobs before the failed one are done again without it. It is then the first, and fails alone.
                size = max(index, 1)
            case .oneFailed(let count):
                for job in jobs.prefix(count) {
                    if case .heldUp(let failure) = attempt([job], on: connection) { job.fail(failure) }
                }
                jobs.removeFirst(count)
                return
            }
        }
    }

    private enum CommitResult {
        /// This many of the jobs have their answer.
        case answered(Int)
        /// The job at this index failed, and nothing was written of the jobs before it.
        case failed(at: Int)
        /// One of so many jobs failed, and nothing was written of any of them. Each is done again alone.
        case oneFailed(of: Int)
        /// No transaction can be begun, or somebody else has a table for long. All waiting jobs fail, since each would wait
        /// for the same lock again.
        case heldUp(StoreFailure)
    }

    /// Commits jobs in one transaction. A savepoint before each job would cost a fifth more; jobs hardly ever fail and
    /// can be run again.
    private func attempt(_ jobs: ArraySlice<Job>, on connection: Connection) -> CommitResult {
        let transaction = Transaction(
            on: connection, tally: tally.withLock(\.self), targets: targets, answerLife: answerLife,
            isClockSettled: isClockSettled, replicas: replicas)
        let driver = connection.driver
        let rowsBefore = driver.totalChanges
        var answers: [Job.Answer] = []
        do throws(SQLError) {
            try driver.begin()
            try replicas?.refresh(&transaction.tally, on: connection)
        } catch {
            driver.rollBack()
            replicas?.couldNotCommit()
            return .heldUp(StoreFailure(error))
        }
        var isJob = true
        do throws(SQLError) {
            for job in jobs where driver.totalChanges - rowsBefore < Self.rowLimit {
                answers.append(try job.write(transaction))
            }
            isJob = false
            try replicas?.publish(&transaction.tally, telling: transaction.signals, on: connection)
            try driver.commit()
        } catch {
            driver.rollBack()
            if error.kind != .broken { replicas?.couldNotCommit() }
            if error.kind == .busy { return .heldUp(driver.failure(after: error)) }
            let begun = isJob ? answers.count + 1 : answers.count
            if driver.hasLateErrors, begun > 1, error.kind == .broken { return .oneFailed(of: begun) }
            if isJob && jobs.count > 1 { return .failed(at: answers.count) }
            let failure = driver.failure(after: error)
            // The jobs after them were not part of this transaction, and go into the next.
            let part = isJob ? jobs.prefix(1) : jobs.prefix(answers.count)
            for job in part { job.fail(failure) }
            return .answered(part.count)
        }
        commits.add(1, ordering: .relaxed)
        transaction.tally.commit()
        tally.withLock { $0 = transaction.tally }
        // First: whoever gets a signal may ask whether this process has a duty.
        replicas?.committed(transaction.signals, taking: transaction.newDuties)
        transaction.signals.raise(in: signals)
        for answer in answers { answer() }
        return .answered(answers.count)
    }
}
