import FoundationEssentials
import GatewayCore
import Glibc

/// A PostgreSQL server of one measurement alone, on loopback, with the settings that a new server has.
final class PrivateServer: Sendable {
    let address: Secret
    private let process: ChildProcess
    private let log: String

    private static let user = "gateway"

    /// - Parameter folder: is made, and has all files of the server.
    init(in folder: String) throws {
        let programs = try ServerPrograms()
        log = folder + "/log"
        let password = UUID().uuidString
        let passwordFile = folder + "/password"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        guard
            FileManager.default.createFile(
                atPath: passwordFile, contents: Data(password.utf8), attributes: [.posixPermissions: 0o600])
        else { throw BenchFailure("\(passwordFile) could not be written") }
        for path in [folder, passwordFile] { try programs.handOver(path) }
        let make = try programs.start(
            "initdb",
            [
                "-D", folder + "/data", "-U", Self.user, "-A", "scram-sha-256", "--pwfile=\(passwordFile)", "--no-sync",
                "-E", "UTF8", "--locale=C.UTF-8",
            ], log: log)
        guard make.endsWell() else { throw Self.failure("PostgreSQL made no database", log) }
        let port = try Loopback.freePort()
        address = Secret("postgresql://\(Self.user):\(password)@127.0.0.1:\(port)/postgres")
        process = try programs.start(
            "postgres",
            [
                "-D", folder + "/data", "-c", "listen_addresses=127.0.0.1", "-c", "port=\(port)",
                // The length of a socket's path has a low limit, and nobody needs one.
                "-c", "unix_socket_directories=",
            ], log: log, ending: SIGQUIT)
    }

    /// The value, as soon as the server lets it be had.
    func whenReady<Value>(_ value: () throws -> Value) async throws -> Value {
        for _ in 0..<1000 {
            if let value = try? value() { return value }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Self.failure("PostgreSQL did not start within ten seconds", log)
    }

    /// User and system, of all its processes, those that have ended too.
    func processorTime() throws -> Duration { try ProcessReading.processorTime(ofFamily: process.identifier) }

    /// Ends it at once: what it has not written yet nobody reads any more.
    func stop() { _ = process.stop() }

    private static func failure(_ what: String, _ log: String) -> BenchFailure {
        let text = String(decoding: FileManager.default.contents(atPath: log) ?? Data(), as: UTF8.self)
        let reason = text.split(separator: "\n").last.map { ": \($0)" } ?? ""
        return BenchFailure(what + reason)
    }
}
