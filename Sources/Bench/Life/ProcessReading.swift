import FoundationEssentials
import Glibc

/// What a process, or several together, have used so far, with all their threads.
struct ProcessReading {
    /// User and system, by the same clock as `getrusage` in that process, and as exact.
    var processorTime: Duration
    /// Bytes that it made the system write to the disk; 0 where the system does not say.
    var writtenBytes: Int
    /// What it has in RAM now, and the most since `forgetPeak`.
    var residentBytes: Int
    var peakResidentBytes: Int

    init(of processes: [ChildProcess]) throws {
        let readings = try processes.map { try ProcessReading(of: $0.identifier) }
        processorTime = readings.reduce(.zero) { $0 + $1.processorTime }
        writtenBytes = readings.reduce(0) { $0 + $1.writtenBytes }
        residentBytes = readings.reduce(0) { $0 + $1.residentBytes }
        peakResidentBytes = readings.reduce(0) { $0 + $1.peakResidentBytes }
    }

    init(of process: pid_t) throws {
        let files = ProcessFiles(process)
        var clock = clockid_t()
        var time = timespec()
        guard clock_getcpuclockid(process, &clock) == 0, clock_gettime(clock, &time) == 0 else {
            throw BenchFailure("a process ended early")
        }
        processorTime = .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
        writtenBytes = files.number(of: "write_bytes:", in: "io") ?? 0
        residentBytes = (files.number(of: "VmRSS:", in: "status") ?? 0) * 1024
        peakResidentBytes = (files.number(of: "VmHWM:", in: "status") ?? 0) * 1024
    }
}

extension ProcessReading {
    /// The processor time of a process, of its children that run, and of all that it waited for.
    static func processorTime(ofFamily process: pid_t) throws -> Duration {
        let files = ProcessFiles(process)
        let ended = files.processorTimeOfEnded
        // One that ends between the two looks is left out once.
        let running = files.children.compactMap { try? ProcessReading(of: $0).processorTime }
        return try running.reduce(ended + ProcessReading(of: process).processorTime, +)
    }
}

/// What the system says of a process, in its folder of `/proc`.
private struct ProcessFiles {
    private let identifier: pid_t
    private let folder: String

    init(_ process: pid_t) { (identifier, folder) = (process, "/proc/\(process)/") }

    /// The number behind a word at the beginning of a line.
    func number(of word: String, in file: String) -> Int? {
        let text = String(decoding: FileManager.default.contents(atPath: folder + file) ?? Data(), as: UTF8.self)
        let line = text.split(separator: "\n").first { $0.hasPrefix(word) }
        return line?.dropFirst(word.count).split { $0 == " " || $0 == "\t" }.first.flatMap { Int($0) }
    }

    var children: [pid_t] { words(of: "task/\(identifier)/children").compactMap { pid_t($0) } }

    /// User and system, of the children that have ended, in ticks of a hundredth of a second.
    var processorTimeOfEnded: Duration {
        // The name of the program, in brackets, may hold blanks; the times are the fourteenth and fifteenth word after it.
        let words = words(of: "stat").drop { !$0.hasSuffix(")") }.dropFirst()
        let ticks = words.dropFirst(13).prefix(2).compactMap { Int($0) }.reduce(0, +)
        return .seconds(Double(ticks) / Double(sysconf(Int32(_SC_CLK_TCK))))
    }

    private func words(of file: String) -> [Substring] {
        let text = String(decoding: FileManager.default.contents(atPath: folder + file) ?? Data(), as: UTF8.self)
        return text.split { $0 == " " || $0 == "\n" }
    }

    var threads: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder + "task")) ?? [] }
}

extension ChildProcess {
    /// Whether somebody traces each of its threads.
    var isTraced: Bool {
        let files = ProcessFiles(identifier)
        let threads = files.threads
        return !threads.isEmpty
            && threads.allSatisfy { (files.number(of: "TracerPid:", in: "task/\($0)/status") ?? 0) != 0 }
    }
}
