/// Work that one process does at a time, where several share a database.
package enum Duty: Sendable, Hashable {
    /// Sending to an MMSC.
    case lane(mmsc: String)
    /// What time alone brings about, and removing what is no longer kept.
    case housekeeping

    /// As the database has it.
    package var name: String {
        switch self {
        case .lane(let mmsc): Self.lanePrefix + mmsc
        case .housekeeping: "housekeeping"
        }
    }

    package init(named name: String) {
        self = Self.mmsc(ofName: name).map { .lane(mmsc: $0) } ?? .housekeeping
    }

    /// The MMSC of a lane by its name in the database; nil for another duty.
    package static func mmsc(ofName name: String) -> String? {
        name.hasPrefix(lanePrefix) ? String(name.dropFirst(lanePrefix.count)) : nil
    }

    private static let lanePrefix = "mmsc/"
}
