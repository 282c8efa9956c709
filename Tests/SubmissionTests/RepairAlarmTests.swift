import Foundation
import GatewayCore
import Logging
import MM7
import Synchronization
import Testing

@testable import Submission

@Suite("The alarm for MMSCs that need a repair")
struct RepairAlarmTests {
    private let now = SubmissionBench.now
    private let log = Log()
    private let alarm: RepairAlarm

    init() {
        alarm = RepairAlarm(logger: Logger(label: "test", factory: { [log] _ in LogCollector(log: log) }))
    }

    private func raise(for mmsc: String, after seconds: Int) {
        alarm.raise(for: mmsc, code: .operationRestricted, reason: "blocked", now: now + .seconds(seconds))
    }

    @Test("an MMSC is told of once a minute, however many messages it refuses")
    func oncePerMinute() {
        for second in [0, 0, 1, 59, 60, 61, 119, 120] { raise(for: "north", after: second) }

        #expect(log.mmscs == ["north", "north", "north"])
    }

    @Test("each MMSC is told of for itself")
    func perMMSC() {
        raise(for: "north", after: 0)
        raise(for: "south", after: 1)
        raise(for: "north", after: 2)

        #expect(log.mmscs == ["north", "south"])
    }

    @Test("it is a warning that names the MMSC, its code and its words")
    func line() throws {
        raise(for: "north", after: 0)

        let event = try #require(log.events.first)
        #expect(event.level == .warning)
        #expect(event.metadata == ["mmsc": "north", "status": "2001", "reason": "blocked"])
    }
}

private final class Log: Sendable {
    struct Line: Sendable {
        let level: Logger.Level
        let metadata: Logger.Metadata
    }

    private let lines = Mutex<[Line]>([])

    var events: [Line] { lines.withLock { $0 } }
    var mmscs: [String] { events.compactMap { $0.metadata["mmsc"]?.description } }

    func append(_ line: Line) { lines.withLock { $0.append(line) } }
}

private struct LogCollector: LogHandler {
    let log: Log
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        log.append(.init(level: event.level, metadata: event.metadata ?? [:]))
    }
}
