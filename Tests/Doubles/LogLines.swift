package import Logging
import Synchronization

/// What was logged, for the test to see.
package final class LogLines: Sendable {
    package struct Line: Sendable {
        package let level: Logger.Level
        package let message: String
        package let metadata: Logger.Metadata

        /// The message and its metadata by their keys: `Somebody came name=north seconds=3`.
        package var text: String {
            ([message] + metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }).joined(separator: " ")
        }
    }

    private let lowest: Logger.Level
    private let lines = Mutex<[Line]>([])

    /// - Parameter lowest: lines below it are not kept.
    package init(from lowest: Logger.Level = .trace) {
        self.lowest = lowest
    }

    package var all: [Line] { lines.withLock { $0 } }
    package var texts: [String] { all.map(\.text) }

    package var logger: Logger { Logger(label: "test") { _ in Collector(lines: self, logLevel: self.lowest) } }

    private struct Collector: LogHandler {
        let lines: LogLines
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let line = Line(level: event.level, message: "\(event.message)", metadata: event.metadata ?? [:])
            lines.lines.withLock { $0.append(line) }
        }
    }
}
