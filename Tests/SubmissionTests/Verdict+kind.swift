@testable import Submission

extension Verdict {
    /// Its case in a word.
    var kind: String {
        switch self {
        case .accepted: "accepted"
        case .partlyAccepted: "partly accepted"
        case .split: "split"
        case .refused: "refused"
        case .transient: "transient"
        case .unreachable: "unreachable"
        case .doubtful: "doubtful"
        case .misconfigured: "misconfigured"
        case .answerLost: "answer lost"
        case .uncertain: "uncertain"
        }
    }
}
