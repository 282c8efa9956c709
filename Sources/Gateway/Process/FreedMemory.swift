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
                guard let resident = ResidentMemory.bytes, rule.isDue(resident: resident) else { continue }
                malloc_trim(0)
                rule.trimmed(resident: ResidentMemory.bytes ?? resident)
                logger.debug("Freed memory was given back")
            }
        }
    }
}

/// Decides when it is worth asking the allocator to give memory back.
///
/// Asking holds up whoever allocates meanwhile, and so does every query of how much is free. So the figure is the
/// system's own, and a process that is still growing is left alone: it needs what it has.
struct TrimRule {
    private var residentBefore = 0
    private var residentAfter = 0

    private static let worthBytes = 16 << 20

    /// - Parameter resident: what the process has in RAM, in bytes, at one look of many at equal distances.
    /// - Returns: whether the process has grown by much since the last time, and has stopped growing.
    mutating func isDue(resident: Int) -> Bool {
        defer { residentBefore = resident }
        // The first look has nothing to compare with.
        if residentAfter == 0 { residentAfter = resident }
        return resident - residentAfter >= Self.worthBytes && resident - residentBefore < Self.worthBytes / 4
    }

    /// - Parameter resident: what the process has in RAM afterwards, in bytes.
    mutating func trimmed(resident: Int) {
        residentAfter = resident
        residentBefore = resident
    }
}

private enum ResidentMemory {
    /// Nil where the system does not say. (proc(5): the second figure of statm is the resident pages.)
    static var bytes: Int? {
        guard let file = fopen("/proc/self/statm", "re") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = fread(&bytes, 1, bytes.count, file)
        let figures = String(decoding: bytes[..<count], as: UTF8.self).split(separator: " ")
        return figures.count > 1 ? Int(figures[1]).map { $0 * Int(sysconf(Int32(_SC_PAGESIZE))) } : nil
    }
}
