import Testing

@testable import SQLStore
@testable import SQLiteStore

extension QueryPlanTests {
    @Test(
        "the messages of apps are chosen in one index, in its order, from a position on",
        arguments: [
            (AppMessageListQuery.inConversations, "app_message_in_conversation (conversation=?"),
            (.endInConversations, "app_message_in_conversation (conversation=?"),
            (.lastInConversations, "app_message_in_conversation (conversation=?"),
            (.ofContacts, "app_message_of_contact (contact=?"), (.endOfContacts, "app_message_of_contact (contact=?"),
            (.lastOfContacts, "app_message_of_contact (contact=?"),
            (.withIdentities, "app_message_with (project=? AND identity=?"),
            (.endWithIdentities, "app_message_with (project=? AND identity=?"),
            (.lastWithIdentities, "app_message_with (project=? AND identity=?"),
            (.ofApps, "app_message_of_app (owner=?"), (.endOfApps, "app_message_of_app (owner=?"),
            (.lastOfApps, "app_message_of_app (owner=?"),
        ])
    func appMessages(_ query: AppMessageListQuery, index: String) throws {
        let connection = try SQLiteDriver(path: ":memory:", access: .readWrite)
        try connection.migrate()

        let plan = try Plan(query.sql, on: connection)

        let search = "SEARCH seen USING COVERING INDEX \(index) AND accepted_at>? AND (accepted_at,id)<(?,?))"
        #expect(plan.steps.contains(search), "\(plan.steps)")
        #expect(plan.steps.count { $0.contains("TEMP B-TREE") } <= 1, "the page alone is sorted: \(plan.steps)")
    }

    @Test(
        "what is unread is found in its index, and nothing is sorted",
        arguments: [(UnreadQuery.nextOwner, "inbound_unread"), (.oldest, "inbound_unread")])
    func unread(_ query: UnreadQuery, index: String) throws {
        let connection = try SQLiteDriver(path: ":memory:", access: .readWrite)
        try connection.migrate()

        let plan = try Plan(query.sql, on: connection)

        #expect(plan.steps.contains { $0.contains(index) }, "\(plan.steps)")
        #expect(!plan.steps.contains { $0.contains("TEMP B-TREE") }, "\(plan.steps)")
    }
}
