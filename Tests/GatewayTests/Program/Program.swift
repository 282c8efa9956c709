import Foundation
import Synchronization

/// The built executable in a process of its own.
final class Program: Sendable {
    private let process: Mutex<Process>
    private let lines: AsyncStream<String>
    private let exit: AsyncStream<(Process.TerminationReason, Int32)>

    /// - Parameter arguments: a command and its options.
    init(_ arguments: String..., environment: [String: String] = [:]) throws {
        let process = Process()
        process.executableURL = Self.executable
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        let (lines, line) = AsyncStream<String>.makeStream()
        let (exit, ended) = AsyncStream<(Process.TerminationReason, Int32)>.makeStream()
        process.terminationHandler = { ended.yield(($0.terminationReason, $0.terminationStatus)) }
        try process.run()
        Self.read(pipe.fileHandleForReading, into: line)
        self.process = Mutex(process)
        self.lines = lines
        self.exit = exit
    }

    /// A test that failed leaves nothing running.
    deinit {
        process.withLock { if $0.isRunning { kill($0.processIdentifier, SIGKILL) } }
    }

    /// Beside the test's own program.
    private static var executable: URL {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "mm7-gateway")
    }

    /// Reads lines to the end, on a thread of its own that waits for each.
    private static func read(_ output: FileHandle, into lines: AsyncStream<String>.Continuation) {
        Thread.detachNewThread {
            var rest = Data()
            while case let data = output.availableData, !data.isEmpty {
                rest += data
                while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    lines.yield(String(decoding: rest[..<end], as: UTF8.self))
                    rest = rest[rest.index(after: end)...]
                }
            }
            lines.finish()
        }
    }

    func send(_ signal: Int32) {
        _ = process.withLock { kill($0.processIdentifier, signal) }
    }

    /// The next line of its output with that text; what comes before is dropped.
    func line(with text: String) async throws -> String {
        var seen: [String] = []
        for await line in lines {
            if line.contains(text) { return line }
            seen.append(line)
        }
        throw Unexpected("the program ended without a word of '\(text)': \(seen)")
    }

    /// All that is left of its output, once it has ended.
    func output() async -> String {
        await lines.reduce(into: "") { $0 += $1 + "\n" }
    }

    /// Waits for its end; a signal that ended it counts as 128 and its number, as shells have it.
    func exitCode() async throws -> Int32 {
        for await (reason, status) in exit { return reason == .uncaughtSignal ? 128 + status : status }
        throw CancellationError()
    }
}
