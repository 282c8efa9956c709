import FoundationEssentials
import Glibc

/// What a process has used so far, all its threads together.
struct ProcessReading {
    /// User and system, by the same clock as `getrusage` in that process, and as exact.
    var processorTime: Duration
    /// Bytes that it made the system write to the disk; 0 where the system does not say.
    var writtenBytes: Int
    /// What it has in RAM now, and the most since `forgetPeak`.
    var residentBytes: Int
    var peakResidentBytes: Int

    init(of process: ChildProcess) throws {
        var clock = clockid_t()
        var time = timespec()
        guard clock_getcpuclockid(process.identifier, &clock) == 0, clock_gettime(clock, &time) == 0 else {
            throw BenchFailure("the gateway ended early")
        }
        processorTime = .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
        writtenBytes = process.number(of: "write_bytes:", in: "io") ?? 0
        residentBytes = (process.number(of: "VmRSS:", in: "status") ?? 0) * 1024
        peakResidentBytes = process.peakResidentBytes
    }
}

extension ChildProcess {
    /// The number behind a word at the beginning of a line.
    func number(of word: String, in file: String) -> Int? {
        let line = reading(file).split(separator: "\n").first { $0.hasPrefix(word) }
        return line?.dropFirst(word.count).split { $0 == " " || $0 == "\t" }.first.flatMap { Int($0) }
    }

    /// Whether somebody traces each of its threads.
    var isTraced: Bool {
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(identifier)/task")) ?? []
        return !threads.isEmpty && threads.allSatisfy { (number(of: "TracerPid:", in: "task/\($0)/status") ?? 0) != 0 }
    }
}
