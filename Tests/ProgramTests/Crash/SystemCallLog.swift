import Foundation
import TestPeers

/// The system calls of one kind that a running program makes, as strace writes them down, each before the program goes on.
final class SystemCallLog: Sendable {
    private static let tool = "/usr/bin/strace"
    private let path: String
    private let strace: Spawned

    static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: tool) }

    /// - Parameter path: of a file that is made for the log.
    init(of name: String, by program: pid_t, at path: String) throws {
        self.path = path
        strace = try Spawned(
            Self.tool, ["-f", "-qq", "-e", "trace=\(name)", "-o", path, "-p", "\(program)"], environment: [:]
        ) { _ in }
    }

    deinit {
        strace.send(SIGTERM)
        close(strace.output)
    }

    /// Whether the program is watched from now on.
    static func isWatched(_ program: pid_t) throws -> Bool {
        let status = try String(contentsOfFile: "/proc/\(program)/status", encoding: .utf8)
        return !status.contains("TracerPid:\t0\n")
    }

    /// How many calls have succeeded so far.
    var count: Int {
        get throws {
            try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").count { $0.hasSuffix("= 0") }
        }
    }
}
