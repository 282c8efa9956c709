package import Logging
import Synchronization

/// What the operator may change of the log while loggers write to it: the level, the format, and whether each request
/// has a line.
package final class LogControl: Sendable {
    /// The index in `Logger.Level.allCases`: every line that might be written reads it.
    private let levelIndex: Atomic<Int>
    private let isJSON: Atomic<Bool>
    private let isAccessOn: Atomic<Bool>
    private let sink: LogSink

    /// - Parameter sink: nil writes to standard error.
    package init(
        _ level: Logger.Level = .info, format: LogFormat = .text, access: Bool = false, sink: LogSink? = nil
    ) {
        levelIndex = Atomic(Self.index(of: level))
        isJSON = Atomic(format == .json)
        isAccessOn = Atomic(access)
        self.sink =
            sink
            ?? LogSink { count in
                format.line(
                    .now, .error, "Lines of the log were lost: nobody read them", ["count": .stringConvertible(count)])
            }
    }

    package var level: Logger.Level { Logger.Level.allCases[levelIndex.load(ordering: .relaxed)] }
    package var format: LogFormat { isJSON.load(ordering: .relaxed) ? .json : .text }
    /// Whether each request has a line.
    package var access: Bool { isAccessOn.load(ordering: .relaxed) }

    package func set(_ level: Logger.Level, format: LogFormat, access: Bool) {
        levelIndex.store(Self.index(of: level), ordering: .relaxed)
        isJSON.store(format == .json, ordering: .relaxed)
        isAccessOn.store(access, ordering: .relaxed)
    }

    /// A logger that follows level and format.
    package func logger(label: String) -> Logger {
        Logger(label: label) { [self] _ in ControlledLog(control: self) }
    }

    /// Waits until all lines are written, for a moment: to be called before the process ends.
    package func flush() { sink.flush(withinMilliseconds: 1000) }

    fileprivate func write(_ line: [UInt8]) { sink.write(line) }

    private static func index(of level: Logger.Level) -> Int { Logger.Level.allCases.firstIndex(of: level) ?? 0 }
}

/// A log whose level is the control's until somebody gives a copy of the logger its own.
private struct ControlledLog: LogHandler {
    let control: LogControl
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    private var own: Logger.Level?

    init(control: LogControl) { self.control = control }

    var logLevel: Logger.Level {
        get { own ?? control.level }
        set { own = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { _, new in new } }
        if let given = event.metadata { all.merge(given) { _, new in new } }
        if let error = event.error, all["error"] == nil { all["error"] = "\(error)" }
        control.write(control.format.line(.now, event.level, event.message.description, all))
    }
}
