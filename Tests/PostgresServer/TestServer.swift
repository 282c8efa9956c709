import Foundation
import GatewayCore
import Glibc
package import PostgresStore
import Synchronization

/// A PostgreSQL server of this process alone, on loopback, started with the first test that needs it.
///
/// Its files are in memory where there is such a folder: what tests look at is what the server answers, not the disk.
package final class TestServer: Sendable {
    /// Where the server's programs are; nil where they are not installed.
    package static let programs: String? = {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return versions.compactMap { Int($0) }.sorted(by: >).map { "\(root)/\($0)/bin" }
            .first { access("\($0)/initdb", X_OK) == 0 }
    }()

    package static let shared = Task { try await TestServer() }

    package let folder: String
    package let port: Int

    /// Starts another, for what would disturb those who share one.
    package init() async throws {
        guard let programs = Self.programs else { throw TestServerFailure("PostgreSQL's server is not installed") }
        let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : FileManager.default.temporaryDirectory.path
        folder = "\(parent)/mm7-gateway-postgres-\(UUID().uuidString)"
        port = try Self.freePort()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        // The server refuses to run as root.
        try Self.run("/bin/chown", [Self.user, folder])
        try Self.run(
            programs + "/initdb", ["-D", "\(folder)/data", "-U", "gateway", "-A", "trust", "--no-sync", "-E", "UTF8"],
            asServer: true)
        Self.stopAtExit(programs, folder)
        try start()
    }

    /// Ends the server in the middle of whatever it does, and starts it again.
    package func crash() throws {
        try Self.run(
            (Self.programs ?? "") + "/pg_ctl", ["-D", "\(folder)/data", "-m", "immediate", "-w", "stop"],
            asServer: true)
        try start()
    }

    private func start() throws {
        let programs = Self.programs ?? ""
        let server = Self.process(
            programs + "/postgres",
            [
                "-D", "\(folder)/data", "-c", "listen_addresses=127.0.0.1", "-c", "port=\(port)",
                "-c", "unix_socket_directories=\(folder)", "-c", "max_connections=300",
            ], asServer: true)
        server.standardError = FileHandle.nullDevice
        try server.run()
        for _ in 0..<500 where server.isRunning {
            // It waits for an answer by itself.
            if (try? Self.run(programs + "/pg_isready", ["-q", "-h", "127.0.0.1", "-p", "\(port)"])) != nil { return }
        }
        throw TestServerFailure("the server does not start")
    }

    /// An address at which the tables are in a schema of their own, which is made.
    package func place() throws -> Place {
        let schema = "test_" + UUID().uuidString.lowercased().filter { $0 != "-" }
        try run("CREATE SCHEMA \(schema)")
        return Place(schema: schema, port: port)
    }

    /// Runs statements as somebody else who uses the server.
    package func run(_ sql: String) throws {
        try Self.run(
            (Self.programs ?? "") + "/psql",
            ["-q", "-o", "/dev/null", "-c", sql, Place(schema: "public", port: port).text])
    }

    package struct Place {
        package let schema: String
        /// The server's, or that of a proxy before it.
        package var port: Int
        package var options = ""

        package var text: String {
            "host=127.0.0.1 port=\(port) user=gateway dbname=postgres options='-c search_path=\(schema) \(options)'"
        }

        package var server: PostgresServer { PostgresServer(Secret(text)) }
    }

    private static let user = getuid() == 0 ? "postgres" : NSUserName()

    private static func run(_ program: String, _ arguments: [String], asServer: Bool = false) throws {
        let process = process(program, arguments, asServer: asServer)
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw TestServerFailure("\(program) failed") }
    }

    private static func process(_ program: String, _ arguments: [String], asServer: Bool) -> Process {
        let process = Process()
        let isOther = asServer && getuid() == 0
        process.executableURL = URL(fileURLWithPath: isOther ? "/usr/sbin/runuser" : program)
        process.arguments = (isOther ? ["-u", user, "--", program] : []) + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        process.standardOutput = FileHandle.nullDevice
        return process
    }

    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        return try bindFree(descriptor)
    }

    /// Gives a socket a port on loopback that nobody has.
    package static func bindFree(_ descriptor: Int32) throws -> Int {
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port = withAddress(ofPort: 0) { address -> UInt16? in
            guard bind(descriptor, address, length) == 0, getsockname(descriptor, address, &length) == 0 else {
                return nil
            }
            return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                UInt16(bigEndian: $0.pointee.sin_port)
            }
        }
        guard let port else { throw TestServerFailure("no port is free") }
        return Int(port)
    }

    package static func connect(_ descriptor: Int32, to port: Int) -> Bool {
        withAddress(ofPort: port) {
            Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
    }

    private static func withAddress<Value>(ofPort port: Int, _ body: (UnsafeMutablePointer<sockaddr>) -> Value) -> Value
    {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
        }
    }

    private static let started = Mutex<[(programs: String, folder: String)]>([])

    private static func stopAtExit(_ programs: String, _ folder: String) {
        let isFirst = started.withLock { started in
            started.append((programs, folder))
            return started.count == 1
        }
        guard isFirst else { return }
        atexit {
            for (programs, folder) in TestServer.started.withLock(\.self) {
                try? TestServer.run(
                    programs + "/pg_ctl", ["-D", "\(folder)/data", "-m", "immediate", "stop"], asServer: true)
                try? FileManager.default.removeItem(atPath: folder)
            }
        }
    }
}

package struct TestServerFailure: Error {
    package let reason: String

    package init(_ reason: String) { self.reason = reason }
}
