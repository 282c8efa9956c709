package import FoundationEssentials
package import GatewayCore
package import SQLStore
import Synchronization

/// The store in a PostgreSQL database, 14 or later, by libpq.
///
/// What it keeps and decides is in `SQLStore`. Here are the server's connections and the steps of the schema.
package final class PostgresStore: SQLStore {
    package let parts: StoreParts
    /// What the server promises of a commit.
    package let durability: Durability

    /// The right to the media and keys beside it.
    private let lock: Mutex<DirectoryLock?>

    private init(_ parts: StoreParts, durability: Durability, lock: DirectoryLock?) {
        (self.parts, self.durability) = (parts, durability)
        self.lock = Mutex(lock)
    }

    /// Opens the database and brings its schema up to date. The tables are in the schema that a connection finds first.
    ///
    /// - Parameters:
    ///   - lock: a right that is held as long as the store is open.
    ///   - now: the time at which messages that were in flight are due again; read after `onLastEntry` was called.
    ///   - readerCount: connections that read for the gateway itself, at least one. Customers have twice as many,
    ///     because one customer gets half of them.
    ///   - targets: the targets of an event; without it, the one that its batch names. It is called in the commit that
    ///     writes the event, while all other writing waits.
    ///   - answerLife: how long the answer to a request is kept for its repeats.
    ///   - isClockSettled: whether `now` is sure; while it is not, no time is kept as `lastEntry` and nothing is
    ///     forgotten.
    ///   - onLastEntry: called with `lastEntry`, if there is one, before any message is changed.
    /// - Throws: `.unavailable` when the server cannot be reached or another gateway uses the database; `.broken` when
    ///   the server does not promise that a commit stays, is too old, or has tables of a later release.
    package static func open(
        _ server: PostgresServer, holding lock: DirectoryLock? = nil, signals: WorkSignals,
        now: @autoclosure () -> Date = Date(), readerCount: Int = 2,
        targets: @escaping CallTargets = { [CallTarget($0.batchTarget)] }, answerLife: Duration = KeptAnswer.life,
        isClockSettled: @escaping @Sendable () -> Bool = { true }, onLastEntry: (Date) -> Void = { _ in }
    ) async throws(StoreFailure) -> PostgresStore {
        let (connections, isNew, durability) = try await connect(server, readerCount: max(readerCount, 1))
        let parts = try await StoreParts.start(
            connections, isNew: isNew, signals: signals, targets: targets, answerLife: answerLife,
            isClockSettled: isClockSettled, now: now, onLastEntry: onLastEntry)
        return PostgresStore(parts, durability: durability, lock: lock)
    }

    private static func connect(
        _ server: PostgresServer, readerCount: Int
    ) async throws(StoreFailure) -> (StoreParts.Connections, isNew: Bool, Durability) {
        let found = Mutex<(isNew: Bool, durability: Durability)?>(nil)
        do throws(SQLError) {
            let writer = try await ConnectionThread.open("store.writer") { () throws(SQLError) in
                let driver = try PostgresDriver(server, as: .writer)
                let durability = try driver.durability()
                let isNew = try driver.migrate()
                driver.mark = try CommitMark(on: driver)
                found.withLock { $0 = (isNew, durability) }
                return driver
            }
            guard let (isNew, durability) = found.withLock(\.self) else { throw .mistake("nothing was opened") }
            let connections = StoreParts.Connections(
                writer: writer, readers: try await connectReaders("own", server, readerCount),
                customerReaders: try await connectReaders("customers", server, 2 * readerCount))
            return (connections, isNew, durability)
        } catch {
            throw StoreFailure(error.about(server))
        }
    }

    package func close() async {
        await parts.customerReads.close()
        await readers.close()
        await writer.close { connection in
            (connection.driver as? PostgresDriver)?.leaveDatabase()
        }
        lock.withLock { $0 = nil }
    }

    /// The server looks after its space by itself.
    package func giveBackSpace(within budget: Duration) async throws(StoreFailure) -> RemovalStep { RemovalStep() }

    private static func connectReaders(
        _ label: String, _ server: PostgresServer, _ count: Int
    ) async throws(SQLError) -> [ConnectionThread] {
        var threads: [ConnectionThread] = []
        for number in 1...count {
            let thread = try await ConnectionThread.open("store.\(label).\(number)") { () throws(SQLError) in
                try PostgresDriver(server, as: .reader)
            }
            threads.append(thread)
        }
        return threads
    }
}
