package import Logging
import Synchronization

/// A level that many loggers have and that can be changed while they log.
package final class SharedLogLevel: Sendable {
    /// The index in `Logger.Level.allCases`: every line that might be written reads it.
    private let index: Atomic<Int>

    init(_ level: Logger.Level) {
        index = Atomic(Self.index(of: level))
    }

    var level: Logger.Level { Logger.Level.allCases[index.load(ordering: .relaxed)] }

    func set(_ level: Logger.Level) {
        index.store(Self.index(of: level), ordering: .relaxed)
    }

    /// A logger that follows the level, and writes to standard error as any does.
    package func logger(label: String) -> Logger {
        Logger(label: label) { LevelledLog(shared: self, inner: StreamLogHandler.standardError(label: $0)) }
    }

    private static func index(of level: Logger.Level) -> Int { Logger.Level.allCases.firstIndex(of: level) ?? 0 }
}

/// A log whose level is the shared one until somebody gives a copy of the logger its own.
private struct LevelledLog: LogHandler {
    let shared: SharedLogLevel
    var inner: StreamLogHandler
    private var own: Logger.Level?

    init(shared: SharedLogLevel, inner: StreamLogHandler) {
        self.shared = shared
        self.inner = inner
    }

    var logLevel: Logger.Level {
        get { own ?? shared.level }
        set { own = newValue }
    }

    var metadata: Logger.Metadata {
        get { inner.metadata }
        set { inner.metadata = newValue }
    }

    var metadataProvider: Logger.MetadataProvider? {
        get { inner.metadataProvider }
        set { inner.metadataProvider = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { inner[metadataKey: key] }
        set { inner[metadataKey: key] = newValue }
    }

    func log(event: LogEvent) { inner.log(event: event) }
}
