import Testing

@testable import SQLStore
@testable import SQLiteStore

@Suite("What the Conversation API keeps is found by an index, and nothing is sorted")
struct AppQueryPlanTests {
    private func plan(_ sql: String) throws -> [String] {
        let connection = try SQLiteDriver(path: ":memory:", access: .readWrite)
        try connection.migrate()
        return try Plan(sql, on: connection).steps
    }

    @Test(
        "contacts",
        arguments: [
            (ContactQuery.list, "INDEX contact_listed (project=? AND id>?)"),
            (.external, "INDEX contact_external (project=? AND external_id=? AND id>?)"),
            (.holder, "PRIMARY KEY (project=? AND identity=? AND channel=?)"),
            (.holders, "PRIMARY KEY (project=? AND identity=?)"), (.share, "PRIMARY KEY (project=? AND identity=?)"),
            (.conflicts, "INDEX contact_identity_shared (project=? AND identity>?)"),
            (.removeIdentities, "INDEX contact_identity_of (contact=?)"),
        ])
    func contacts(_ query: ContactQuery, index: String) throws {
        let steps = try plan(query.sql)

        #expect(steps.contains { $0.contains(index) }, "\(steps)")
        if query != .conflicts && query != .holders {
            #expect(!steps.contains { $0.contains("TEMP B-TREE") }, "\(steps)")
        }
    }

    @Test(
        "lists of conversations",
        arguments: [
            (ConversationListQuery.ofProject, "INDEX conversation_in_project (project=? AND id>?)"),
            (.ofApp, "INDEX conversation_of_app (owner=? AND id>?)"),
            (.activeOfApp, "INDEX conversation_active_of_app (owner=? AND id>?)"),
            (.ofContact, "INDEX conversation_with (contact=? AND id>?)"),
            (.recentOfProject, "INDEX conversation_used (project=? AND (last_used,id)>(?,?))"),
            (.recentOfApp, "INDEX conversation_used_of_app (owner=? AND (last_used,id)>(?,?))"),
            (.recentActiveOfApp, "INDEX conversation_active_used (owner=? AND (last_used,id)>(?,?))"),
            (.latestOfProject, "INDEX conversation_used (project=? AND (last_used,id)<(?,?))"),
            (.latestOfApp, "INDEX conversation_used_of_app (owner=? AND (last_used,id)<(?,?))"),
            (.latestActiveOfApp, "INDEX conversation_active_used (owner=? AND (last_used,id)<(?,?))"),
        ])
    func conversations(_ query: ConversationListQuery, index: String) throws {
        let steps = try plan(query.sql)

        #expect(steps.contains { $0.contains(index) }, "\(steps)")
        #expect(!steps.contains { $0.contains("TEMP B-TREE") }, "\(steps)")
    }

    @Test(
        "single conversations",
        arguments: [
            (ConversationQuery.active, "INDEX conversation_active (owner=? AND contact=?)"),
            (.move, "INDEX conversation_with (contact=?)"),
            (.move, "INDEX conversation_active (owner=? AND contact=?)"),
        ])
    func conversation(_ query: ConversationQuery, index: String) throws {
        let steps = try plan(query.sql)

        #expect(steps.contains { $0.contains(index) }, "\(steps)")
    }

    @Test(
        "batches",
        arguments: [
            (AppBatchQuery.nextApp, "INDEX app_batch_due (owner>?)"),
            (.due, "INDEX app_batch_due (owner=? AND due_at<?)"), (.nextDue, "INDEX app_batch_next (due_at>?)"),
            (.having, "PRIMARY KEY (project=? AND name=? AND value=?)"),
            (.cancellableHaving, "PRIMARY KEY (project=? AND name=? AND value=?)"),
            (.drop, "INDEX app_batch_ended (ended_at<?)"),
        ])
    func batches(_ query: AppBatchQuery, index: String) throws {
        let steps = try plan(query.sql)

        #expect(steps.contains { $0.contains(index) }, "\(steps)")
        #expect(!steps.contains { $0.contains("TEMP B-TREE") }, "\(steps)")
    }
}
