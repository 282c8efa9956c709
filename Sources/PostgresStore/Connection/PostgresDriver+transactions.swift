import CPostgres
import GatewayCore
import Glibc
import SQLStore

extension PostgresDriver {
    func begin() throws(SQLError) {
        noticeEnd()
        try connect()
        isInTransaction = true
        changesAtBeginning = totalChanges
        // Each statement sees what was committed before it, the first one behind the lock all that the one before had
        // written.
        try openPipeline()
        try write("BEGIN ISOLATION LEVEL READ COMMITTED", doing: "beginning a transaction")
        try write(Self.lock, doing: "waiting for the other transactions")
    }

    /// One lock for all processes whose tables are in the same schema.
    private static let lock = "SELECT pg_advisory_xact_lock(\(applicationID), \(place))"

    func beginReading() throws(SQLError) {
        try connect()
        isInTransaction = true
        try query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", doing: "beginning a transaction")
    }

    func commit() throws(SQLError) {
        do throws(SQLError) {
            if let mark, mayHaveChanged { try write(mark.next(), doing: "marking a commit") }
            try write("COMMIT", doing: "committing")
            // A transaction in which a statement failed would be rolled back by this, without an error.
            guard try closePipeline()?.command == "COMMIT" else {
                throw SQLError(kind: .broken, message: "the transaction had failed before", doing: "committing")
            }
            isInTransaction = false
        } catch {
            guard isLost else { throw error }
            isInTransaction = false
            try settle(error)
        }
    }

    /// A look that found nothing to change is most of what an idle gateway does: without a mark its commit costs the
    /// server neither a word in its log nor a wait for the disk.
    private var mayHaveChanged: Bool { !pipeline.waiting.isEmpty || totalChanges != changesAtBeginning }

    func rollBack() {
        guard isInTransaction else { return }
        isInTransaction = false
        guard !isLost else { return }
        // The error of a statement was given before; here it has no meaning any more.
        do throws(SQLError) { _ = try closePipeline() } catch { if pipeline.isOpen { return close() } }
        do throws(SQLError) {
            try query("ROLLBACK", doing: "rolling back")
            if role != .reader { try forgetStatements() }
        } catch {
            // The server rolls back what was begun on a connection that ends.
            close()
        }
    }

    func failure(after error: SQLError) -> StoreFailure {
        // The disk is the server's, which answers for it; only a commit without an answer is in doubt.
        error.kind == .sync ? .uncertain(error.description) : StoreFailure(error)
    }

    /// After the connection was lost in a commit: returns if that was made after all.
    ///
    /// The lock of the lost transaction is free when it has ended, one way or the other, on this server or on the one
    /// that took its place. Behind it the mark says which way.
    ///
    /// - Throws: the error, or that nobody knows.
    private func settle(_ error: SQLError) throws(SQLError) {
        guard let mark else { throw uncertain(error) }
        let deadline = ContinuousClock.now + Self.settlingTime
        while ContinuousClock.now < deadline {
            do throws(SQLError) {
                try begin()
                _ = try closePipeline()
                let isMade = try mark.isLast(on: self)
                rollBack()
                if isMade { return }
                throw SQLError(kind: .unavailable, code: error.code, message: error.message, doing: error.doing)
            } catch let failure {
                rollBack()
                guard isLost || failure.kind == .busy else { throw failure }
                // Nobody can be answered meanwhile, and no other job could write.
                usleep(Self.settlingPauseMicroseconds)
            }
        }
        throw uncertain(error)
    }

    private func uncertain(_ error: SQLError) -> SQLError {
        SQLError(
            kind: .sync, code: error.code, message: "whether it was made is not known: \(error.message)",
            doing: error.doing)
    }

    private static let settlingTime = Duration.seconds(30)
    private static let settlingPauseMicroseconds: UInt32 = 200_000

    func requireRoom() throws(SQLError) {
        // The server's disk is its operator's. Where it is full, the commit says so.
    }

    func size() throws(SQLError) -> DatabaseSize {
        let result = try query("SELECT pg_total_relation_size('message')", doing: "measuring")
        return DatabaseSize(bytes: result.text(0, 0).flatMap { Int($0) } ?? 0, freeBytes: 0)
    }
}
