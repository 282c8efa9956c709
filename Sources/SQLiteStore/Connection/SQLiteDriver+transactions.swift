import GatewayCore
import Glibc
import SQLStore

extension SQLiteDriver {
    var dialect: Dialect { .sqlite }
    var hasLateErrors: Bool { false }

    func begin() throws(SQLError) {
        isCommitGiven = false
        do throws(SQLError) {
            try run(kept: "BEGIN IMMEDIATE")
            setLockedOut(false)
        } catch {
            setLockedOut(true)
            throw error
        }
    }

    func beginReading() throws(SQLError) { try run(kept: "BEGIN DEFERRED") }

    func commit() throws(SQLError) {
        try files?.requireSameFiles(on: self)
        isCommitGiven = true
        try run(kept: "COMMIT")
    }

    func rollBack() {
        guard isInTransaction else { return }
        // Fails only when there is no transaction left, which is the aim.
        _ = try? run(kept: "ROLLBACK")
    }

    /// Makes sure, before anybody gets an answer, that the next start does not find a commit that failed at the disk.
    ///
    /// Its pages may be in the log with the mark of the commit, and only this process knows that they do not count. So
    /// something else is committed in their place. If that commit is durable, nothing of the failed one was kept. If it
    /// is only written, it survives the end of the process, but perhaps not the end of the machine.
    func failure(after error: SQLError) -> StoreFailure {
        let explained = explained(error)
        guard isCommitGiven, error.isOfDisk else { return StoreFailure(explained) }
        for _ in 0..<Self.settlingTries {
            do throws(SQLError) {
                try begin()
                try run(PulseQuery.probe)
                try run(kept: "COMMIT")
                return StoreFailure(explained)
            } catch {
                rollBack()
                if error.kind == .sync { break }
                // Nobody can be answered meanwhile, and no other job could write.
                usleep(Self.settlingPauseMicroseconds)
            }
        }
        return .uncertain(explained.description)
    }

    private static let settlingTries = 20
    private static let settlingPauseMicroseconds: UInt32 = 100_000

    /// After one wait that failed, later calls wait only a short time for the lock and fail soon.
    private func setLockedOut(_ isOut: Bool) {
        guard isLockedOut != isOut else { return }
        isLockedOut = isOut
        waitForLocks(isOut ? min(busyTimeout, Self.shortBusyTimeout) : busyTimeout)
    }

    /// How long to wait for a lock after an earlier wait for it failed.
    private static let shortBusyTimeout = Duration.milliseconds(100)
}
