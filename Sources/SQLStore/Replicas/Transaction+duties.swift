import FoundationEssentials
import GatewayCore

extension Transaction {
    /// How a process stands to a duty.
    enum Standing: Sendable {
        case held
        /// It has the duty from the end of this transaction on; what another has left is cleared up.
        case begun
        case elsewhere
    }

    /// Whether this process has the duty. One that no living process has, it takes.
    func standing(to duty: Duty, now: Date) throws(SQLError) -> Standing {
        guard let replicas, !replicas.has(duty) else { return .held }
        if newDuties.contains(duty) { return .begun }
        guard !replicas.isElsewhere(duty), try replicas.take(duty, on: connection) else { return .elsewhere }
        newDuties.insert(duty)
        if case .lane(let mmsc) = duty {
            // What was on its way when the process before ended may have arrived.
            _ = try endLeases(until: nil, now: now) { $0 == mmsc }
        }
        return .begun
    }

    /// Whether this process ends the claims at an MMSC whose time is over: those of its own lanes, and of lanes that
    /// nobody has.
    func looksAfterClaims(at mmsc: String) throws(SQLError) -> Bool {
        guard let replicas, !replicas.has(.lane(mmsc: mmsc)) else { return true }
        guard replicas.has(.housekeeping) else { return false }
        return try !replicas.isHeld(.lane(mmsc: mmsc), on: connection)
    }
}

extension StoreParts {
    /// Whether this process is the one that looks after what falls due with time.
    var keepsHouse: Bool { replicas?.has(.housekeeping) ?? true }
}
