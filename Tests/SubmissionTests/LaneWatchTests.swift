import Doubles
import Logging
import Synchronization
import Testing

@testable import Submission

@Suite("Whether each MMSC has a lane that runs")
struct LaneWatchTests {
    private let time = Time()
    private let log = LogLines(from: .info)
    private let watch: LaneWatch

    init() {
        watch = LaneWatch(uptime: { [time] in time.now }, logger: log.logger)
    }

    private func look() {
        for part in LaneWatch.Part.allCases {
            watch.looks(part, of: "north")
            watch.rests(part, of: "north")
        }
    }

    private func missing(after seconds: Int) -> Set<String> {
        time.pass(.seconds(seconds))
        return watch.missing(of: ["north"])
    }

    @Test("one that never began is missing after two seconds, and an error in the log once")
    func neverBegan() {
        #expect(missing(after: 0) == [])
        #expect(missing(after: 1) == [])
        #expect(missing(after: 1) == ["north"])
        #expect(missing(after: 60) == ["north"])

        #expect(log.lines == ["error: No lane runs to the MMSC; its messages wait [north]"])
    }

    @Test("one that looks each second is there")
    func runs() {
        for _ in 0..<10 {
            look()
            #expect(missing(after: 1) == [])
        }
        #expect(log.lines.isEmpty)
    }

    @Test("one of whose loops ended is missing, though the other goes on")
    func half() {
        look()
        watch.ended(.submissions, of: "north")
        for _ in 0..<3 {
            watch.looks(.cancellations, of: "north")
            _ = missing(after: 1)
        }

        #expect(watch.missing(of: ["north"]) == ["north"])
    }

    @Test("one that rests without an end is missing, and one that waits for the store is not")
    func stuck() {
        look()
        #expect(missing(after: 3) == [])
        #expect(missing(after: 2) == ["north"])

        watch.looks(.submissions, of: "north")
        watch.looks(.cancellations, of: "north")
        #expect(missing(after: 600) == [])
        #expect(log.lines.last == "notice: A lane runs to the MMSC again [north]")
    }

    @Test("when the gateway stops, none is missed")
    func stopping() {
        look()
        watch.stop()

        #expect(missing(after: 600) == [])
        #expect(log.lines.isEmpty)
    }

    @Test("an MMSC that is gone from the configuration is missed by nobody")
    func gone() {
        _ = missing(after: 0)
        #expect(missing(after: 5) == ["north"])

        #expect(watch.missing(of: []) == [])
        #expect(log.lines.count == 1)
    }
}

private final class Time: Sendable {
    private let uptime = Mutex(Duration.zero)

    var now: Duration { uptime.withLock { $0 } }

    func pass(_ time: Duration) { uptime.withLock { $0 += time } }
}
