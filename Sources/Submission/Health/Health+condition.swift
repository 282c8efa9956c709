package import FoundationEssentials
package import GatewayCore
package import Telemetry

extension Health {
    /// How an MMSC is, for people.
    package struct Condition: Sendable, Equatable {
        package var state: MMSCState
        /// Why it is not well; nil while it is.
        package var reason: String?
        /// How its exchanges of SubmitReqs ended.
        package var history = ExchangeHistory()
        /// Why it gets no CancelReqs at present; nil if it gets them.
        package var cancelling: String?
        /// Whether no lane runs that sends its messages. That is a fault of the gateway.
        package var isWithoutLane = false
        /// How many outcomes of its requests the store does not take; they are recorded again and again.
        package var unrecorded = 0
    }

    package func condition(of mmsc: MMSC) -> Condition {
        let entry = entry(of: mmsc.name)
        var condition: Condition
        // What was found while this process sent to it is old where another does.
        let isElsewhere = isElsewhere(mmsc.name)
        switch isElsewhere ? nil : entry?.submitting.breaker.state {
        case .open(_, let cause):
            condition = Condition(state: cause.needsRepair ? .stopped : .open, reason: cause.reason)
        case .halfOpen(let cause, _):
            condition = Condition(state: cause.needsRepair ? .stopped : .halfOpen, reason: cause.reason)
        case .closed, nil: condition = Condition(state: mmsc.isDraining ? .draining : .well)
        }
        condition.history = entry?.submitting.history ?? ExchangeHistory()
        switch isElsewhere ? nil : entry?.cancelling.breaker.state {
        case .open(_, let cause), .halfOpen(let cause, _): condition.cancelling = cause.reason
        case .closed, nil: break
        }
        condition.unrecorded = unrecorded.count(at: mmsc.name)
        condition.isWithoutLane = lanes.missing(of: directory.now.mmscs.keys).contains(mmsc.name)
        return condition
    }

    /// MMSCs that are no longer in the configuration, with the number of messages that wait for each.
    package func absent(from directory: Directory) -> [String: Int] { absent.waiting(in: directory) }

    /// Open messages by the MMSC that has them or that is to carry them now.
    package func queues(
        _ open: [OpenMessages], in directory: Directory, now: Date
    ) -> [String: QueueDepth] {
        let available = available(in: directory)
        var queues: [String: QueueDepth] = [:]
        for messages in open {
            let carriers = messages.carriers
            guard !messages.state.isFinal,
                let name = carriers.carrier(where: available.contains) ?? carriers.names.first
            else { continue }
            queues[name, default: QueueDepth()].messages[messages.state.name, default: 0] += messages.count
            let wait = messages.oldestDue.map { max(now.since($0), .zero) } ?? .zero
            queues[name, default: QueueDepth()].oldest = max(queues[name]?.oldest ?? .zero, wait)
        }
        return queues
    }
}
