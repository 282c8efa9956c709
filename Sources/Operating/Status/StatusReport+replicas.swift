import FoundationEssentials
import GatewayCore

extension StatusReport.Replica {
    init(_ replica: StoreReplica, now: Date) {
        self.init(
            name: replica.name, version: replica.version, isAlive: replica.isAlive,
            seconds: Int(max(now.since(replica.startedAt), .zero) / .seconds(1)), lanes: replica.lanes)
    }

    /// One line for a person.
    var line: String {
        guard isAlive else { return "replica           \(name), gone" }
        let lanes = lanes.isEmpty ? "to no MMSC" : "to \(lanes.joined(separator: ", "))"
        return "replica           \(name), version \(version), for \(Duration.seconds(seconds).inWords), sends \(lanes)"
    }
}
