#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// An operation, and the CPU time it may take.
struct Benchmark {
    let name: String
    /// Microseconds of the thread's CPU time for one operation.
    let aim: Double
    let operation: () throws -> Void

    private static let rounds = 15
    /// Long beside the clock's resolution, short beside what else runs on the machine.
    private static let roundMicroseconds = 20_000.0

    /// Measures and prints one line. The minimum is what the code costs, the median what the machine made of it.
    ///
    /// - Throws: What the operation throws.
    func run() throws {
        let count = try operationsPerRound()
        var samples: [Double] = []
        for _ in 0..<Self.rounds { samples.append(try microseconds(count) / Double(count)) }
        samples.sort()

        let (least, median) = (samples[0], samples[samples.count / 2])
        let title = name + String(repeating: " ", count: max(0, 42 - name.utf8.count))
        let verdict = least <= aim ? "" : "   MISSED"
        print("\(title)\(cell(least))\(cell(median))\(cell(aim))\(verdict)")
    }

    static func printHead() {
        print("CPU microseconds per operation" + String(repeating: " ", count: 15) + "min    median       aim")
    }

    /// As many as fill a round, found by doubling; that warms the caches too.
    private func operationsPerRound() throws -> Int {
        var count = 1
        while try microseconds(count) < Self.roundMicroseconds { count *= 2 }
        return count
    }

    private func microseconds(_ count: Int) throws -> Double {
        let start = Self.threadTime()
        for _ in 0..<count { try operation() }
        return Self.threadTime() - start
    }

    /// Microseconds that this thread has computed, so that time given to others does not count.
    private static func threadTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
    }

    private func cell(_ microseconds: Double) -> String {
        let tenths = Int((microseconds * 10).rounded())
        let text = "\(tenths / 10).\(tenths % 10)"
        return String(repeating: " ", count: max(1, 10 - text.utf8.count)) + text
    }
}

/// Takes a result where the optimiser cannot see that nobody wants it.
@inline(never)
func consume<Value>(_ value: Value) {}
