import FoundationEssentials
import GatewayCore
import Glibc
import PostgresStore

/// An empty place for a gateway's tables on a PostgreSQL server, and what the server does for them.
final class BenchDatabase: Sendable {
    /// As `store.postgresql` of the gateway has it.
    let address: Secret
    private let meter: PostgresMeter
    /// The server, where it was started for this.
    private let server: PrivateServer?
    /// The schema to remove on a server that stays.
    private let schema: String?

    struct Reading: Sendable {
        let counts: PostgresMeter.Reading
        let processorTime: Duration?
    }

    /// What the server did between two readings.
    struct Growth: Sendable {
        /// The bytes that went into the write-ahead log.
        let logBytes: Int
        let commits: Int
        /// The time of all processes of the server together; nil for one that may be on another machine.
        let processorTime: Duration?
    }

    /// Starts a server with its files in that folder.
    init(startedIn folder: String) async throws {
        let server = try PrivateServer(in: folder)
        do {
            meter = try await server.whenReady { try PostgresMeter(PostgresServer(server.address)) }
        } catch {
            server.stop()
            throw error
        }
        (address, self.server, schema) = (server.address, server, nil)
        // What the system has still to write of the new server is no business of the gateway.
        sync()
    }

    /// Makes a schema on that server.
    init(at address: Secret) throws {
        let schema = "mm7_gateway_bench_" + UUID().uuidString.lowercased().filter { $0 != "-" }
        self.address = address.inSchema(schema)
        meter = try PostgresMeter(PostgresServer(self.address))
        try meter.makeSchema(schema)
        (server, self.schema) = (nil, schema)
    }

    /// Asks, when the gateway has made its tables.
    func read() throws -> Reading { Reading(counts: try meter.read(), processorTime: try server?.processorTime()) }

    func growth(since before: Reading) throws -> Growth {
        let now = try read()
        let time = before.processorTime.flatMap { earlier in now.processorTime.map { $0 - earlier } }
        return Growth(
            logBytes: now.counts.logBytes - before.counts.logBytes, commits: now.counts.commits - before.counts.commits,
            processorTime: time)
    }

    /// Begins a transaction on a connection of its own and leaves it open, as a forgotten session or a long report does.
    func holdTransaction() throws -> HeldTransaction { try HeldTransaction(on: PostgresServer(address)) }

    /// Takes everything away, when the gateway has ended.
    func stop() {
        server?.stop()
        guard let schema else { return }
        do {
            try meter.removeSchema(schema)
        } catch {
            // The figures are there, or something else failed before.
            let line = "the schema \(schema) could not be removed: \(error)\n"
            _ = write(STDERR_FILENO, line, line.utf8.count)
        }
    }
}

extension Secret {
    /// An address of a PostgreSQL server, in any of libpq's forms, with that schema for everything.
    func inSchema(_ schema: String) -> Secret {
        let address = reveal()
        if address.hasPrefix("postgresql://") || address.hasPrefix("postgres://") {
            return Secret(address + (address.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(schema)")
        }
        let pairs = address.contains("=") || address.isEmpty ? address : "dbname=\(address)"
        return Secret(pairs + " options='-csearch_path=\(schema)'")
    }
}
