import CPostgres
import GatewayCore
import SQLStore

/// The connection of a bell.
final class BellLine {
    private let driver: PostgresDriver
    private let connection: Connection
    /// The number of the server's process that serves this connection, by which its own rings are known.
    private let number: Int32
    /// The connection that listens; one that was made anew by itself does not.
    private let connectionNumber: Int

    /// Nil where there is none now.
    init?(_ server: PostgresServer) {
        do throws(SQLError) {
            driver = try PostgresDriver(server, as: .bell)
            connection = Connection(driver)
            try driver.query(Self.listen, doing: "listening")
            number = PQbackendPID(driver.handle)
            connectionNumber = driver.connectionNumber
        } catch {
            return nil
        }
    }

    var isLost: Bool { driver.isLost || driver.connectionNumber != connectionNumber }

    var descriptor: Int32 { PQsocket(driver.handle) }

    func ring(_ words: [String]) {
        let text = words.joined(separator: "\n")
        // The server takes 7,999 octets. Who does not know what is due looks after everything.
        let payload = text.utf8.count < 7_000 ? text : WorkSignals.everything
        do throws(SQLError) {
            _ = try connection.run(BellQuery.ring, [":words": .text(payload)])
        } catch {
            // It is only a hint, and the line is made anew where it was lost.
            return
        }
    }

    /// What others rang since the last call.
    func heard() -> Set<String> {
        guard PQconsumeInput(driver.handle) == 1 else {
            driver.isDoomed = true
            return []
        }
        var words: Set<String> = []
        while let notice = PQnotifies(driver.handle) {
            defer { PQfreemem(notice) }
            guard notice.pointee.be_pid != number else { continue }
            words.formUnion(String(cString: notice.pointee.extra).split(separator: "\n").map(String.init))
        }
        return words
    }

    /// A name for the tables that the connection finds, as all that share them use it.
    private static let channel = "'mm7_gateway_' || (\(PostgresDriver.place) & 2147483647)"

    /// LISTEN takes no expression.
    private static let listen = "DO $$ BEGIN EXECUTE 'LISTEN ' || quote_ident(\(channel)); END $$"

    private enum BellQuery: Int, Query {
        case ring

        var sql: String { "SELECT pg_notify(\(BellLine.channel), :words)" }
    }
}
