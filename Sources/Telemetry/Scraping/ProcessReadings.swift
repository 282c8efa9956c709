import CoreMetrics
import Glibc
import Synchronization

/// Memory, processor time and open files of the process, as the system counts them.
final class ProcessReadings: Sendable {
    private let residentMemory: Meter
    private let processorSeconds: FloatingPointCounter
    private let openFiles: Meter
    private let startTime: Meter
    /// Processor time that has been counted, in seconds.
    private let counted = Mutex(0.0)

    init(_ factory: any MetricsFactory) {
        residentMemory = Meter(.residentMemory, of: factory)
        processorSeconds = FloatingPointCounter(label: Metric.processorSeconds.rawValue, factory: factory)
        openFiles = Meter(.openFiles, of: factory)
        startTime = Meter(.startTime, of: factory)
    }

    /// - Throws: `UnreadableSystem` where the system does not say; the figures read before that are set.
    func read() throws(UnreadableSystem) {
        let now = try Self.seconds(of: CLOCK_PROCESS_CPUTIME_ID)
        counted.withLock { counted in
            processorSeconds.increment(by: max(now - counted, 0))
            counted = max(now, counted)
        }
        // (proc(5): the second figure of statm is the resident pages, the 22nd of stat the start in ticks after boot.)
        let pages = try Self.figure(1, ofFile: "/proc/self/statm", after: nil)
        residentMemory.set(pages * Double(sysconf(Int32(_SC_PAGESIZE))))
        openFiles.set(try Self.entries(of: "/proc/self/fd"))
        let ticks = try Self.figure(19, ofFile: "/proc/self/stat", after: ")")
        let boot = try Self.seconds(of: CLOCK_REALTIME) - Self.seconds(of: CLOCK_BOOTTIME)
        startTime.set(boot + ticks / Double(sysconf(Int32(_SC_CLK_TCK))))
    }

    private static func seconds(of clock: clockid_t) throws(UnreadableSystem) -> Double {
        var time = timespec()
        guard clock_gettime(clock, &time) == 0 else { throw UnreadableSystem(what: "clock") }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// One of the figures of a line, counted from 0.
    ///
    /// - Parameter mark: the mark before the figures, at its last place in the line: a program's name may hold spaces.
    private static func figure(
        _ index: Int, ofFile path: String, after mark: Character?
    ) throws(UnreadableSystem) -> Double {
        guard let file = fopen(path, "re") else { throw UnreadableSystem(what: path) }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = fread(&bytes, 1, bytes.count, file)
        let line = String(decoding: bytes[..<count], as: UTF8.self)
        let start = mark.flatMap { line.lastIndex(of: $0) }.map(line.index(after:)) ?? line.startIndex
        let figures = line[start...].split(separator: " ")
        guard figures.indices.contains(index), let figure = Double(figures[index]) else {
            throw UnreadableSystem(what: path)
        }
        return figure
    }

    /// How many entries a folder has, without those for itself and its parent and the one that counting opens.
    private static func entries(of path: String) throws(UnreadableSystem) -> Int {
        guard let folder = opendir(path) else { throw UnreadableSystem(what: path) }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        return max(count - 3, 0)
    }
}

/// The system did not say something of the process.
struct UnreadableSystem: Error {
    let what: String
}
