import FoundationEssentials
import GatewayCore

extension Snapshot {
    func overview() throws(SQLError) -> StoreOverview {
        var overview = StoreOverview()
        overview.messages = try openMessages()
        let resends = try connection.rows(OverviewQuery.resends) { (row) throws(SQLError) in
            (mmsc: try row.text(), count: try row.integer())
        }
        overview.resends = Dictionary(resends.map { ($0.mmsc, $0.count) }, uniquingKeysWith: +)
        let unreported = try connection.rows(OverviewQuery.oldestUnreported) { (row) throws(SQLError) in
            (mmsc: try row.text(), since: try row.time())
        }
        overview.oldestUnreported = Dictionary(unreported.map { ($0.mmsc, $0.since) }, uniquingKeysWith: min)
        _ = try connection.first(OverviewQuery.openCalls) { (row) throws(SQLError) in
            overview.openCalls = try row.integer()
            overview.oldestOpenCall = row.optionalTime()
        }
        overview.givenUpCalls = try connection.rows(OverviewQuery.givenUpCalls) { (row) throws(SQLError) in
            (owner: try row.owner(), count: try row.integer(), reason: row.optionalPeerText())
        }
        overview.batchesWithoutMedia =
            try connection.first(OverviewQuery.batchesWithoutMedia) { (row) throws(SQLError) in
                try row.integer()
            } ?? 0
        overview.openUploads =
            try connection.first(OverviewQuery.openUploads) { (row) throws(SQLError) in try row.integer() } ?? 0
        overview.quarantined = try countQuarantined()
        overview.inboundsOfApps = try connection.rows(OverviewQuery.inboundsOfApps) { (row) throws(SQLError) in
            (owner: try row.owner(), count: try row.integer())
        }.filter { $0.count > 0 }
        overview.kept = try keptSpan()
        overview.databaseBytes = overview.kept.bytes
        return overview
    }
}
