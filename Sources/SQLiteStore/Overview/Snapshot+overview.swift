import FoundationEssentials
import GatewayCore

extension Snapshot {
    func overview() throws(SQLiteError) -> StoreOverview {
        var overview = StoreOverview()
        overview.messages = try openMessages()
        let resends = try connection.rows(OverviewQuery.resends) { (row) throws(SQLiteError) in
            (mmsc: try row.text(), count: try row.integer())
        }
        overview.resends = Dictionary(resends.map { ($0.mmsc, $0.count) }, uniquingKeysWith: +)
        let unreported = try connection.rows(OverviewQuery.oldestUnreported) { (row) throws(SQLiteError) in
            (mmsc: try row.text(), since: try row.time())
        }
        overview.oldestUnreported = Dictionary(unreported.map { ($0.mmsc, $0.since) }, uniquingKeysWith: min)
        _ = try connection.first(OverviewQuery.openCalls) { (row) throws(SQLiteError) in
            overview.openCalls = try row.integer()
            overview.oldestOpenCall = row.optionalTime()
        }
        overview.givenUpCalls = try connection.rows(OverviewQuery.givenUpCalls) { (row) throws(SQLiteError) in
            (owner: try row.owner(), count: try row.integer(), reason: row.optionalPeerText())
        }
        overview.batchesWithoutMedia =
            try connection.first(OverviewQuery.batchesWithoutMedia) { (row) throws(SQLiteError) in
                try row.integer()
            } ?? 0
        overview.openUploads =
            try connection.first(OverviewQuery.openUploads) { (row) throws(SQLiteError) in try row.integer() } ?? 0
        overview.quarantined = try countQuarantined()
        overview.inboundsOfApps = try connection.rows(OverviewQuery.inboundsOfApps) { (row) throws(SQLiteError) in
            (owner: try row.owner(), count: try row.integer())
        }.filter { $0.count > 0 }
        overview.kept = try keptSpan()
        let size = try ["page_count", "page_size"].map { (name) throws(SQLiteError) in
            try connection.value(of: "PRAGMA \(name)").flatMap { Int($0) } ?? 0
        }
        overview.databaseBytes = size.reduce(1, *)
        return overview
    }

}
