import MM7
import Synchronization

/// What happens to one message.
struct Fate: Sendable, Equatable {
    enum Answer: Sendable, Equatable {
        case accepted
        case refused(StatusCode)
        /// Taken, and the connection closed.
        case dropped
    }

    var answer = Answer.accepted
    /// Reports posted, 1 or 2.
    var reports = 1
    /// Whether the report is posted before the SubmitRsp.
    var isReportFirst = false
    /// From taking the message to its report, in usual delays.
    var reportDelayFactor = 1.0
}

/// Draws the fates of messages in the order of their coming: the same seed, the same fates.
final class Fates: Sendable {
    private let faults: Faults
    private let random: Mutex<any RandomNumberGenerator & Sendable>

    init(_ faults: Faults, random: any RandomNumberGenerator & Sendable) {
        self.faults = faults
        self.random = Mutex(random)
    }

    func draw() -> Fate {
        // The same number of draws for every message, so that turning one fault on does not move the others.
        let (answer, duplicate, reorder, time) = random.withLock { random in
            (Self.share(&random), Self.share(&random), Self.share(&random), Self.share(&random))
        }
        var fate = Fate()
        if answer < faults.refuse {
            fate.answer = .refused(faults.refusal)
        } else if answer < faults.refuse + faults.drop {
            fate.answer = .dropped
        }
        if duplicate < faults.duplicate { fate.reports = 2 }
        fate.isReportFirst = reorder < faults.reorder
        if faults.reorder > 0 { fate.reportDelayFactor = time * 2 }
        return fate
    }

    private static func share(_ random: inout any RandomNumberGenerator & Sendable) -> Double {
        Double(random.next() >> 11) * 0x1p-53
    }
}
