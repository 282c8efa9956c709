import Logging

/// How a line of the log is written.
package enum LogFormat: String, CaseIterable, Sendable {
    /// For people: `2026-11-30T14:20:00.123Z info     Listening customers=8080`.
    case text
    /// For collectors: one object a line, with the members `time`, `level` and `msg` before those of the metadata.
    case json

    /// The line, its end included, within `LogLine.limit`.
    func line(
        _ time: LogTime, _ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata
    ) -> [UInt8] {
        var line = LogLine(self)
        line.begin(time, level, message)
        for key in metadata.keys.sorted() {
            guard let value = metadata[key] else { continue }
            line.append(key, value)
        }
        return line.finished()
    }
}
