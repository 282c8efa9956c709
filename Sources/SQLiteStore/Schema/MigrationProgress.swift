import CSQLite
import Glibc
import SQLStore

/// A step of the schema that is under way on a database with something in it.
package struct MigrationProgress: Sendable, Equatable {
    /// The number of the step, and that of the last one.
    package let step: Int
    package let last: Int
    /// How long it has taken so far; zero when it begins. How long it will take is not known.
    package let passed: Duration

    package init(step: Int, last: Int, passed: Duration) {
        self.step = step
        self.last = last
        self.passed = passed
    }
}

extension SQLiteDriver {
    /// Runs statements that may take long, and calls back while they do.
    func execute(_ script: String, doing: String, onProgress: @escaping () -> Void) throws(SQLError) {
        let ticker = Ticker(onProgress)
        let handle = try opened()
        sqlite3_progress_handler(
            handle, Self.operationsBetweenTicks,
            { context in
                guard let context else { return 0 }
                Unmanaged<Ticker>.fromOpaque(context).takeUnretainedValue().tick()
                return 0
            }, Unmanaged.passUnretained(ticker).toOpaque())
        // The ticker lives until SQLite has let go of it.
        defer {
            sqlite3_progress_handler(handle, 0, nil, nil)
            withExtendedLifetime(ticker) {}
        }
        try execute(script, doing: doing)
    }

    /// A few milliseconds.
    private static let operationsBetweenTicks: Int32 = 100_000
}

private final class Ticker {
    let tick: () -> Void

    init(_ tick: @escaping () -> Void) {
        self.tick = tick
    }
}

/// Calls back at the beginning, and then no more often than each so long.
final class ProgressReport {
    private let period: Duration
    private let start = ContinuousClock.now
    private var next: ContinuousClock.Instant
    private let report: (Duration) -> Void

    init(each period: Duration, _ report: @escaping (Duration) -> Void) {
        self.period = period
        self.report = report
        next = start + period
        report(.zero)
    }

    func look() {
        let now = ContinuousClock.now
        guard now >= next else { return }
        next = now + period
        report(now - start)
    }
}

extension DataDirectory {
    /// The schema that the database says it has; nil where there is none. It is read without SQLite, and may be a step
    /// behind where the step is still in the log. (sqlite.org/fileformat2, 1.3)
    var schemaInHead: Int? {
        let descriptor = open(database, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 4)
        guard pread(descriptor, &bytes, 4, 60) == 4 else { return nil }
        return bytes.reduce(0) { $0 << 8 | Int($1) }
    }
}
