import CMalloc
import Glibc
import Logging
import ServiceLifecycle

/// Gives memory that was freed back to the system, some seconds after it was: glibc would keep what a flood of requests
/// took for as long as the process lives.
struct FreedMemory: Service {
    let logger: Logger

    private static let pause = Duration.seconds(5)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var rule = TrimRule()
            while !Task.isCancelled {
                do { try await Task.sleep(for: Self.pause) } catch { return }
                guard rule.isDue(.now) else { continue }
                malloc_trim(0)
                rule.trimmed(.now)
                logger.debug("Freed memory was given back")
            }
        }
    }
}

/// When it is worth to look for memory that can be given back.
struct TrimRule {
    /// How the process stands with its memory, in bytes.
    struct Reading {
        /// Freed and kept by the allocator, whether or not the system has the pages back.
        var free: Int
        var resident: Int
    }

    private var leastFree = Int.max
    private var residentAfter = 0

    private static let worthBytes = 16 << 20

    /// - Returns: whether much was freed since the last time, or the process has grown by pages that may be free.
    mutating func isDue(_ reading: Reading) -> Bool {
        leastFree = min(leastFree, reading.free)
        guard reading.free >= Self.worthBytes else { return false }
        return reading.free - leastFree >= Self.worthBytes || reading.resident - residentAfter >= Self.worthBytes
    }

    /// - Parameter reading: how it stands afterwards.
    mutating func trimmed(_ reading: Reading) {
        leastFree = reading.free
        residentAfter = reading.resident
    }
}

extension TrimRule.Reading {
    static var now: TrimRule.Reading {
        TrimRule.Reading(free: Int(mallinfo2().fordblks), resident: residentBytes ?? 0)
    }

    /// (proc(5): the second figure of statm is the resident pages.) Nil where the system does not say.
    private static var residentBytes: Int? {
        guard let file = fopen("/proc/self/statm", "re") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = fread(&bytes, 1, bytes.count, file)
        let figures = String(decoding: bytes[..<count], as: UTF8.self).split(separator: " ")
        return figures.count > 1 ? Int(figures[1]).map { $0 * Int(sysconf(Int32(_SC_PAGESIZE))) } : nil
    }
}
