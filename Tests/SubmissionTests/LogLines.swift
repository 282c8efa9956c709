import Logging
import Synchronization

/// What was logged, each line as `level: message [mmsc] reason`.
final class LogLines: Sendable {
    private let texts = Mutex<[String]>([])

    var lines: [String] { texts.withLock { $0 } }

    var logger: Logger { Logger(label: "test", factory: { _ in Collector(log: self) }) }

    private func append(_ line: String) { texts.withLock { $0.append(line) } }

    private struct Collector: LogHandler {
        let log: LogLines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            var line = "\(event.level): \(event.message)"
            if let mmsc = event.metadata?["mmsc"] { line += " [\(mmsc)]" }
            if let reason = event.metadata?["reason"] { line += " \(reason)" }
            log.append(line)
        }
    }
}
