import FoundationEssentials
import GatewayCore
import Operations
import Submission
import Telemetry

/// How the MMSCs are, as `/readyz` has it.
extension Health {
    /// What somebody should look at; the gateway goes on taking messages.
    func notes(of directory: Directory) -> [Readiness.CheckResult] {
        let absent = absent(from: directory).sorted { $0.key < $1.key }.map { name, count in
            Readiness.CheckResult(
                name: "mmsc.\(name)", failure: "not in the configuration any more; \(count) messages wait for it")
        }
        return absent
            + directory.mmscs.values.sorted { $0.name < $1.name }.flatMap { mmsc in notes(of: mmsc) }
    }

    private func notes(of mmsc: MMSC) -> [Readiness.CheckResult] {
        let condition = condition(of: mmsc)
        var notes: [Readiness.CheckResult] = []
        if condition.isWithoutLane {
            notes.append(
                .init(name: "lane.\(mmsc.name)", failure: "no lane runs to this MMSC; its messages wait"))
        }
        if condition.state != .well || condition.history.isFailing {
            let reason = condition.reason ?? (condition.history.isFailing ? condition.lastFailure : nil)
            let words = [condition.state.rawValue, reason].compactMap(\.self).joined(separator: ": ")
            notes.append(.init(name: "mmsc.\(mmsc.name)", failure: words))
        }
        if let reason = condition.cancelling {
            notes.append(.init(name: "cancellations.\(mmsc.name)", failure: reason))
        }
        if condition.unrecorded > 0 {
            let words =
                "\(condition.unrecorded) cannot be recorded; it is tried again, for an hour where the store is broken"
            notes.append(.init(name: "outcomes.\(mmsc.name)", failure: words))
        }
        return notes
    }

    func peers(of directory: Directory, now: Date) -> [Readiness.Peer] {
        func age(_ time: Date) -> Int { max(Int(now.since(time).seconds), 0) }
        return directory.mmscs.values.sorted { $0.name < $1.name }.map { mmsc in
            let condition = condition(of: mmsc)
            let isElsewhere = condition.state == .well && isElsewhere(mmsc.name)
            return Readiness.Peer(
                name: mmsc.name, condition: isElsewhere ? "elsewhere" : condition.state.rawValue,
                reason: isElsewhere ? "another gateway that shares the store sends to it" : condition.reason,
                secondsSinceSuccess: condition.history.lastSuccess.map(age),
                secondsSinceFailure: condition.history.lastFailure.map { age($0.at) },
                lastFailure: condition.history.lastFailure?.words)
        }
    }
}

extension Health.Condition {
    fileprivate var lastFailure: String? { history.lastFailure.map { "the last exchange failed: \($0.words)" } }
}
