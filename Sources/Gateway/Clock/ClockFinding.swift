import FoundationEssentials
import GatewayCore
import Logging

/// Why a start doubts the machine's clock: it contradicts the newest time in the data directory.
enum ClockFinding: Equatable {
    /// The clock is before that time.
    case behind
    /// The clock is long after that time: the gateway was stopped for long, or the clock is wrong.
    case ahead

    /// - Parameters:
    ///   - now: what the clock says.
    ///   - newest: the newest time that is known from before.
    ///   - isMeasured: whether the clock has gone on from the last run's, by a clock that nobody sets.
    init?(now: Date, newest: Date, isMeasured: Bool) {
        if now < newest + (.zero - SteadyClock.tolerance) {
            self = .behind
        } else if !isMeasured, now > newest + Self.longStop {
            self = .ahead
        } else {
            return nil
        }
    }

    static let longStop = Duration.seconds(86_400)

    var sentence: Logger.Message {
        switch self {
        case .behind:
            "The machine's clock is before the newest entry of the store; set it: for five minutes the gateway goes on from that entry, no message expires, and nothing is removed by its age"
        case .ahead:
            "The machine's clock is more than a day after the newest entry of the store; if the gateway was not stopped for that long, set it: for five minutes no message expires, and nothing is removed by its age"
        }
    }
}

extension Gateway {
    /// Compares the clock with the newest time that is known, before anything is done by it.
    func compareClock(with lastEntry: Date) {
        guard let clock = clock as? SteadyClock else { return }
        // The store has an entry of each minute: a file that says much more is damaged, or the store is a restored one.
        let lastRun = lastRun.flatMap { $0 > lastEntry + ClockFinding.longStop ? nil : $0 }
        if lastRun == nil { clock.beginAnew() }
        let newest = max(lastEntry, lastRun ?? lastEntry)
        let now = clock.now()
        let isMeasured = isClockMeasured && lastRun != nil
        guard let finding = ClockFinding(now: now, newest: newest, isMeasured: isMeasured) else { return }
        logger.warning(finding.sentence, metadata: ["clock": "\(now.inUTC)", "newest": "\(newest.inUTC)"])
        clock.begin(after: newest)
    }
}
