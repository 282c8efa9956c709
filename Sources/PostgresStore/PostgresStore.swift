package import FoundationEssentials
package import GatewayCore
package import SQLStore
import Synchronization

/// The store in a PostgreSQL database, 14 or later, by libpq. Several processes may share it.
///
/// What it keeps and decides is in `SQLStore`. Here are the server's connections, the steps of the schema, and what the
/// processes agree upon.
package final class PostgresStore: SQLStore {
    package let parts: StoreParts
    /// What the server promises of a commit.
    package let durability: Durability
    /// How far the machine's clock was ahead of the server's when the store was opened; negative: behind it.
    package let clockLead: Duration
    private let replica: Replica

    private init(_ parts: StoreParts, _ server: ServerState, replica: Replica) {
        self.parts = parts
        (durability, clockLead) = (server.durability, server.clockLead)
        self.replica = replica
    }

    /// The identifier of this process among those that share the database.
    var replicaID: ULID { membership.id }

    var membership: Membership { replica.membership }

    package var ownership: (any LaneOwnership)? { membership }

    /// Opens the database and brings its schema up to date. The tables are in the schema that a connection finds first.
    ///
    /// Where other gateways use it, their claims go on; where none does, what one before has claimed is due again.
    ///
    /// - Parameters:
    ///   - identity: who this process is among those that share the database.
    ///   - notifies: whether processes tell each other at once what is due; otherwise each finds it within a second.
    ///   - now: the time at which messages that were in flight are due again; read after `onLastEntry` was called.
    ///   - readerCount: connections that read for the gateway itself, at least one. Customers have twice as many,
    ///     because one customer gets half of them.
    ///   - targets: the targets of an event; without it, the one that its batch names. It is called in the commit that
    ///     writes the event, while all other writing waits.
    ///   - answerLife: how long the answer to a request is kept for its repeats.
    ///   - isClockSettled: whether `now` is sure; while it is not, no time is kept as `lastEntry` and nothing is
    ///     forgotten.
    ///   - onLastEntry: called with `lastEntry`, if there is one, before any message is changed.
    /// - Throws: `.unavailable` when the server cannot be reached; `.broken` when it does not promise that a commit
    ///   stays, is too old, or has tables of a later release.
    package static func open(
        _ server: PostgresServer, as identity: ReplicaIdentity = ReplicaIdentity(), notifies: Bool = true,
        signals: WorkSignals, now: @autoclosure () -> Date = Date(), readerCount: Int = 2,
        targets: @escaping CallTargets = { [CallTarget($0.batchTarget)] }, answerLife: Duration = KeptAnswer.life,
        isClockSettled: @escaping @Sendable () -> Bool = { true }, onLastEntry: (Date) -> Void = { _ in }
    ) async throws(StoreFailure) -> PostgresStore {
        let replica: Replica
        let opened: Opened
        do throws(SQLError) {
            replica = try await Replica(identity, of: server, notifies: notifies, signals: signals)
        } catch {
            throw StoreFailure(error.about(server))
        }
        do throws(SQLError) {
            opened = try await connect(server, replica.membership, readerCount: max(readerCount, 1))
        } catch {
            await replica.stop()
            throw StoreFailure(error.about(server))
        }
        replica.start()
        do throws(StoreFailure) {
            let parts = try await StoreParts.start(
                opened.connections, isNew: opened.server.isNew, replicas: replica.membership,
                othersRun: opened.server.othersRun, signals: signals, targets: targets, answerLife: answerLife,
                isClockSettled: isClockSettled, now: now,
                onLastEntry: onLastEntry)
            await replica.isReady()
            return PostgresStore(parts, opened.server, replica: replica)
        } catch {
            await replica.stop()
            throw error
        }
    }

    private struct Opened: Sendable {
        let connections: StoreParts.Connections
        let server: ServerState
    }

    /// What the first connection found.
    private struct ServerState: Sendable {
        let durability: Durability
        let clockLead: Duration
        let isNew: Bool
        let othersRun: Bool
    }

    private static func connect(
        _ server: PostgresServer, _ membership: Membership, readerCount: Int
    ) async throws(SQLError) -> Opened {
        let found = Mutex<ServerState?>(nil)
        let writer = try await ConnectionThread.open("store.writer") { () throws(SQLError) in
            let driver = try PostgresDriver(server, as: .writer)
            let durability = try driver.durability()
            let clockLead = try driver.clockLead()
            let isNew = try driver.migrate()
            driver.mark = try CommitMark(of: membership.identity.home, on: driver)
            let othersRun = try membership.join(on: Connection(driver))
            found.withLock {
                $0 = ServerState(
                    durability: durability, clockLead: clockLead, isNew: isNew, othersRun: othersRun)
            }
            return driver
        }
        guard let state = found.withLock(\.self) else { throw .mistake("nothing was opened") }
        let connections = StoreParts.Connections(
            writer: writer, readers: try await connectReaders("own", server, readerCount),
            customerReaders: try await connectReaders("customers", server, 2 * readerCount))
        return Opened(connections: connections, server: state)
    }

    package func close() async {
        await writer.close()
        await replica.stop()
        await parts.customerReads.close()
        await readers.close()
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
