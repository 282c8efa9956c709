import GatewayCore

/// What is read of a batch whose customer may be notified.
enum SubscriptionColumn: Int, Columns {
    case owner, interest, target

    var sql: String { "batch_progress.\(name)" }
}

extension Subscription {
    init(_ row: inout Row) throws(SQLError) {
        let fields = row.fields(of: SubscriptionColumn.self)
        self.init(
            owner: try fields[.owner].integer(), interest: try fields[.interest].interest(),
            target: try fields[.target].text())
    }
}
