import FoundationEssentials
import GatewayCore
import SQLStore

extension Connection {
    /// The processes that share the database, for people.
    func replicas() throws(SQLError) -> [StoreReplica] {
        let lanes = try rows(ReplicaQuery.lanes) { (row) throws(SQLError) in
            (name: try row.text(), owner: try row.text(), isDown: try row.flag())
        }
        return try rows(ReplicaQuery.all) { (row) throws(SQLError) in
            let id = try row.text()
            return StoreReplica(
                name: try row.text(), version: try row.text(), startedAt: try row.time(), isAlive: try row.flag(),
                lanes: lanes.filter { $0.owner == id }.compactMap { Duty.mmsc(ofName: $0.name) }.sorted())
        }
    }
}
