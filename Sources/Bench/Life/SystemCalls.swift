import FoundationEssentials
import Glibc

/// The system calls of a process, counted by strace, which makes each several times as slow: never while anything else
/// is measured.
struct SystemCalls {
    private let strace: ChildProcess
    private let path: String

    /// Begins to count.
    ///
    /// - Returns: nil where there is no strace, or it may not trace the process.
    init?(of process: ChildProcess, in folder: String) async throws {
        guard let program = installedProgram("strace") else { return nil }
        path = folder + "/system-calls.txt"
        strace = try ChildProcess(
            ["-c", "-f", "-q", "-o", path, "-p", "\(process.identifier)"], program: program)
        for _ in 0..<500 {
            if process.isTraced { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        _ = strace.stop()
        return nil
    }

    /// Ends the counting.
    ///
    /// - Returns: the counts by name.
    func stop() -> [String: Int] {
        _ = strace.stop()
        let text = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
        return Self.counts(in: text)
    }

    /// The counts of a table of `strace -c`: share, seconds, microseconds per call, calls, errors if any, name.
    static func counts(in table: String) -> [String: Int] {
        let rows = table.split(separator: "\n").map { $0.split(separator: " ") }
        let counts = rows.compactMap { words in
            guard words.count >= 5, let name = words.last, name != "total", let count = Int(words[3]) else {
                return nil as (String, Int)?
            }
            return (String(name), count)
        }
        return Dictionary(counts, uniquingKeysWith: +)
    }
}
