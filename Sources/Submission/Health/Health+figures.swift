package import FoundationEssentials
package import GatewayCore
package import Telemetry

extension Health {
    /// The state of an MMSC, and why it is not well.
    package func state(of mmsc: MMSC) -> (state: MMSCState, reason: String?) {
        switch breakerState(of: mmsc.name) {
        case .open(_, let cause): (cause.isMisconfigured ? .stopped : .open, cause.reason)
        case .halfOpen(let cause, _): (cause.isMisconfigured ? .stopped : .halfOpen, cause.reason)
        case .closed, nil: (mmsc.isDraining ? .draining : .well, nil)
        }
    }

    /// Open messages by the MMSC that has them, or has to carry them now.
    package func queues(
        _ open: [OpenMessages], in directory: Directory, now: Date
    ) -> [String: QueueDepth] {
        let available = available(in: directory)
        var queues: [String: QueueDepth] = [:]
        for messages in open {
            let carriers = messages.carriers
            guard let state = QueueState(messages.state),
                let name = carriers.carrier(where: available.contains) ?? carriers.names.first
            else { continue }
            queues[name, default: QueueDepth()].messages[state, default: 0] += messages.count
            let wait = messages.oldestDue.map { max(now.since($0), .zero) } ?? .zero
            queues[name, default: QueueDepth()].oldest = max(queues[name]?.oldest ?? .zero, wait)
        }
        return queues
    }
}

extension QueueState {
    /// Nil for states that are final.
    fileprivate init?(_ state: MessageState) {
        switch state {
        case .queued: self = .queued
        case .submitting: self = .submitting
        case .inDoubt: self = .inDoubt
        case .submitted: self = .submitted
        case .delivered, .expired, .rejected, .failed, .unknown, .cancelled, .aborted: return nil
        }
    }
}
