import GatewayCore

/// What of a batch its customer is notified of, and where.
struct Subscription: Sendable {
    /// The owner's number in the store.
    let owner: Int
    let interest: Interest
    /// The target that the batch names; empty where it names none.
    let target: String
}

enum SubscriptionColumn: Int, Columns {
    case owner, interest, target

    var sql: String { "batch_progress.\(name)" }
}

extension Subscription {
    init(_ row: inout Row) throws(SQLiteError) {
        let fields = row.fields(of: SubscriptionColumn.self)
        owner = try fields[.owner].integer()
        interest = try fields[.interest].interest()
        target = try fields[.target].text()
    }
}
