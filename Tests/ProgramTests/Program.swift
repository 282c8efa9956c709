import Foundation
import Glibc
import Synchronization
import TestPeers

/// The built executable in a process of its own.
final class Program: Sendable {
    private let process: Spawned
    private let lines: AsyncStream<String>
    private let exit: AsyncStream<Int32>
    private let seen: Seen

    /// - Parameters:
    ///   - arguments: a command and its options.
    ///   - heedsPermissions: permissions of files count also where the tests run as root.
    convenience init(
        _ arguments: String..., environment: [String: String] = [:], heedsPermissions: Bool = false
    ) throws {
        try self.init(arguments: arguments, environment: environment, heedsPermissions: heedsPermissions)
    }

    convenience init(
        arguments: [String], environment: [String: String] = [:], heedsPermissions: Bool = false
    ) throws {
        let withoutRights = ["--bounding-set=-dac_override", Self.path] + arguments
        let isRestricted = heedsPermissions && geteuid() == 0
        try self.init(
            isRestricted ? "/usr/bin/setpriv" : Self.path, isRestricted ? withoutRights : arguments, environment)
    }

    /// A line of a shell, for what is to be set before the program begins.
    convenience init(shell line: String) throws { try self.init("/bin/sh", ["-c", line], [:]) }

    private init(_ path: String, _ arguments: [String], _ environment: [String: String]) throws {
        let (lines, line) = AsyncStream<String>.makeStream()
        let (exit, ended) = AsyncStream<Int32>.makeStream()
        process = try Spawned(
            path, arguments, environment: ProcessInfo.processInfo.environment.merging(environment) { $1 }
        ) { ended.yield($0) }
        seen = Seen()
        Self.read(process.output, into: line, seen)
        self.lines = lines
        self.exit = exit
    }

    /// A test that failed leaves nothing running.
    deinit {
        process.send(SIGKILL)
    }

    static var path: String { executable.path }

    /// Beside the test's own program, unless `PROGRAM` in the environment names another.
    static var executable: URL {
        if let path = ProcessInfo.processInfo.environment["PROGRAM"] { return URL(filePath: path) }
        return URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "mm7-gateway")
    }

    /// Reads lines to the end, on a thread of its own that waits for each.
    private static func read(_ output: Int32, into lines: AsyncStream<String>.Continuation, _ seen: Seen) {
        Thread.detachNewThread {
            var rest = Data()
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = Glibc.read(output, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                rest += buffer[..<count]
                while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    let line = String(decoding: rest[..<end], as: UTF8.self)
                    seen.lines.withLock { $0.append(line) }
                    lines.yield(line)
                    rest = rest[rest.index(after: end)...]
                }
            }
            close(output)
            lines.finish()
        }
    }

    private final class Seen: Sendable {
        let lines = Mutex<[String]>([])
    }

    /// All lines of its output so far; `line(with:)` takes none away.
    var printed: [String] { seen.lines.withLock { $0 } }

    /// How large the process may make a file: to it the disk is full there. Nil lifts the limit.
    func limitFiles(toBytes bytes: Int?) async throws {
        let limit = bytes.map(String.init) ?? "unlimited"
        let (ends, ended) = AsyncStream<Int32>.makeStream()
        // The soft limit alone, so that it can be lifted again. The call of this name is not in Swift's Glibc.
        let prlimit = try Spawned(
            "/usr/bin/prlimit", ["--pid=\(process.identifier)", "--fsize=\(limit):"], environment: [:]
        ) { ended.yield($0) }
        defer { close(prlimit.output) }
        for await code in ends {
            guard code == 0 else { throw Unexpected("the size of files could not be limited") }
            return
        }
    }

    var identifier: pid_t { process.identifier }

    func send(_ signal: Int32) { process.send(signal) }

    /// What the process has in RAM at this moment, or the most it had since `forgetPeak`, in bytes; 0 once it has ended.
    func resident(atPeak: Bool = false) -> Int {
        let text = try? String(contentsOfFile: "/proc/\(process.identifier)/status", encoding: .utf8)
        let line = text?.split(separator: "\n").first { $0.hasPrefix(atPeak ? "VmHWM:" : "VmRSS:") }
        return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
    }

    /// From now on the peak is counted anew, from what it has in RAM.
    func forgetPeak() throws {
        try Data("5".utf8).write(to: URL(filePath: "/proc/\(process.identifier)/clear_refs"))
    }

    /// The next line of its output with that text; what comes before is dropped.
    ///
    /// - Throws: `Unexpected`, with what was printed instead, where it does not come within two minutes.
    func line(with text: String) async throws -> String {
        try await withThrowingTaskGroup(of: String?.self) { [lines] group in
            group.addTask { await lines.first { $0.contains(text) } }
            group.addTask {
                try await Task.sleep(for: .seconds(120))
                return nil
            }
            defer { group.cancelAll() }
            if let line = try await group.next() ?? nil { return line }
            throw Unexpected("the program had no word of '\(text)': \(printed)")
        }
    }

    /// All that is left of its output, once it has ended.
    func output() async -> String {
        await lines.reduce(into: "") { $0 += $1 + "\n" }
    }

    /// Waits for its end; a signal that ended it counts as 128 and its number, as shells have it.
    func exitCode() async throws -> Int32 {
        for await code in exit { return code }
        throw CancellationError()
    }
}
