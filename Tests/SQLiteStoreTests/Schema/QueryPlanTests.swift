import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

@Suite("Every query uses an index")
struct QueryPlanTests {
    private static var queries: [(name: String, sql: String)] {
        Statements.all.map { ($0.name, $0.sql(.sqlite)) }
    }

    @Test("no statement reads a table from end to end", arguments: queries)
    func plans(_ query: (name: String, sql: String)) throws {
        let connection = try SQLiteDriver(path: ":memory:", access: .readWrite)
        try connection.migrate()

        let statement = try Plan(query.sql, on: connection)

        // A list that came with the statement, what a step of it made or reads line by line, and an index made for what is counted are read
        // whole.
        let harmless = [
            "SCAN CONSTANT ROW",
            // Lists that come with a statement, and what its subqueries found.
            "SCAN json_each", "SCAN listed", "SCAN counted", "SCAN grouped", "SCAN numbered", "SCAN ordered",
            "SCAN following",
            "SCAN (subquery", "SCAN reached", "SCAN seen", "SCAN next_call", "SCAN attempted",
            "SCAN message USING COVERING", "SCAN message USING INDEX message_cancel_due",
            "SCAN message USING INDEX message_unsettled",
            "SCAN call USING COVERING INDEX call_due", "SCAN call USING COVERING INDEX call_held",
            "SCAN call USING COVERING INDEX call_given_up",
            "SCAN batch_progress USING COVERING INDEX batch_progress_media_due",
            "SCAN batch_progress USING INDEX batch_progress_media_due",
            "SCAN attempt USING INDEX attempt_resent", "SCAN upload USING INDEX upload_waiting",
            "SCAN upload USING COVERING INDEX upload_leased", "SCAN upload USING COVERING INDEX upload_due",
            "SCAN contact_move", "SCAN app_batch USING INDEX app_batch_due", "SCAN app USING INDEX app_age",
            "SCAN webhook USING INDEX webhook_age",
        ]
        #expect(statement.steps.filter { $0.hasPrefix("SCAN") && !harmless.contains(where: $0.hasPrefix) } == [])
    }

    @Test(
        "what is asked most often uses the index made for it",
        arguments: [
            (MessageQuery.leasesOver, "message_leased"),
            (.expire, "message_unsettled"), (.isUnanswered, "message_unanswered"),
            (.byMessageID, "message_at_mmsc"), (.unreported, "message_unreported"), (.counts, "message_in_batch"),
        ])
    func indexes(_ query: MessageQuery, index: String) throws {
        let connection = try SQLiteDriver(path: ":memory:", access: .readWrite)
        try connection.migrate()

        let plan = try Plan(query.sql, on: connection)

        #expect(plan.steps.contains { $0.contains(index) }, "\(plan.steps)")
    }
}

extension QueryPlanTests {
    @Test(
        "what is taken back next is found in an index",
        arguments: [
            (CancellationQuery.nextMessageID, "message_cancel_due"), (.nextCustomer, "message_cancel_due"),
            (.claim, "message_"),
            (.endLeases, "message_cancel_due"), (.begin, "message_in_batch"),
        ])
    func cancellations(_ query: CancellationQuery, index: String) throws {
        let connection = try SQLiteDriver(path: ":memory:", access: .readWrite)
        try connection.migrate()

        let plan = try Plan(query.sql, on: connection)

        #expect(plan.steps.contains { $0.contains(index) }, "\(plan.steps)")
        #expect(!plan.steps.contains { $0.hasPrefix("USE TEMP B-TREE") }, "\(plan.steps)")
    }

    @Test(
        "who is next is found in one index, and nothing is sorted",
        arguments: [
            (ClaimQuery.nextCarriers, "message_ready"), (.nextQueue, "message_ready"), (.due, "message_ready"),
            (.countUrgent, "COVERING INDEX message_ready"),
            (.nextPausedCarriers, "message_paused"), (.endPauses, "message_paused"), (.nextPauseEnd, "message_paused"),
            (.sharing, "message_sharing"), (.waiting, "message_unsettled"),
        ])
    func turns(_ query: ClaimQuery, index: String) throws {
        let connection = try SQLiteDriver(path: ":memory:", access: .readWrite)
        try connection.migrate()

        let plan = try Plan(query.sql, on: connection)

        #expect(plan.steps.contains { $0.contains(index) }, "\(plan.steps)")
        #expect(!plan.steps.contains { $0.contains("TEMP B-TREE") }, "\(plan.steps)")
    }

    @Test(
        "calls are found in an index, and nothing is sorted",
        arguments: [
            (CallQuery.nextQueue, "COVERING INDEX call_due"), (.nextTarget, "COVERING INDEX call_due"),
            (.due, "COVERING INDEX call_due"), (.endLeases, "INDEX call_due"),
            (.insertBehind, "COVERING INDEX event_in_batch (batch=? AND message=?)"),
            (.release, "COVERING INDEX event_in_batch (batch=? AND message=?)"),
            (.insertBehind, "PRIMARY KEY (event=? AND target=?)"), (.release, "PRIMARY KEY (event=? AND target=?)"),
            (.claim, "PRIMARY KEY (event=? AND target=?)"), (.recordHeard, "PRIMARY KEY (event=? AND target=?)"),
        ])
    func calls(_ query: CallQuery, index: String) throws {
        let connection = try SQLiteDriver(path: ":memory:", access: .readWrite)
        try connection.migrate()

        let plan = try Plan(query.sql, on: connection)

        #expect(plan.steps.contains { $0.contains(index) }, "\(plan.steps)")
        #expect(!plan.steps.contains { $0.contains("TEMP B-TREE") }, "\(plan.steps)")
    }

    @Test(
        "what a restored database has queued is found slice by slice", arguments: [RestorationQuery.doubt, .sliceEnd])
    func restoration(_ query: RestorationQuery) throws {
        let connection = try SQLiteDriver(path: ":memory:", access: .readWrite)
        try connection.migrate()

        let plan = try Plan(query.sql, on: connection)

        #expect(plan.steps.contains { $0.contains("INDEX message_unsettled ((expire_at,id)>(?,?)") }, "\(plan.steps)")
        #expect(!plan.steps.contains { $0.contains("TEMP B-TREE") }, "\(plan.steps)")
    }

    @Test(
        "uploads that are to go on are found in an index",
        arguments: [
            (UploadQuery.endLeases, "upload_leased"), (.shortenLeases, "upload_leased"), (.endPauses, "upload_due"),
            (.shortenPauses, "upload_due"), (.forgetPauses, "upload_due"), (.nextDue, "upload_due"),
            (.nextOwner, "upload_waiting"),
            (.waiting, "upload_waiting"),
        ])
    func uploads(_ query: UploadQuery, index: String) throws {
        let connection = try SQLiteDriver(path: ":memory:", access: .readWrite)
        try connection.migrate()

        let plan = try Plan(query.sql, on: connection)

        #expect(plan.steps.contains { $0.contains(index) }, "\(plan.steps)")
        #expect(!plan.steps.contains { $0.contains("TEMP B-TREE") }, "\(plan.steps)")
    }

    @Test(
        "what is to be fetched next is found in one index, and nothing is sorted",
        arguments: [MediaQuery.nextQueue, .countDue, .due])
    func media(_ query: MediaQuery) throws {
        let connection = try SQLiteDriver(path: ":memory:", access: .readWrite)
        try connection.migrate()

        let plan = try Plan(query.sql, on: connection)

        #expect(
            plan.steps.contains { $0.contains("SEARCH") && $0.contains("batch_progress_media_due") }, "\(plan.steps)")
        #expect(!plan.steps.contains { $0.contains("TEMP B-TREE") }, "\(plan.steps)")
        // By less than all of the index it would walk through each line to find the next.
        if query == .nextQueue {
            #expect(plan.steps.contains { $0.contains("(owner,media_server,media_due_at)>(?,?,?)") }, "\(plan.steps)")
        }
    }

    @Test("what a handset answers is found in the index of recipients, hour by hour")
    func conversation() throws {
        let connection = try SQLiteDriver(path: ":memory:", access: .readWrite)
        try connection.migrate()

        let plan = try Plan(InboundQuery.conversed.sql, on: connection)

        #expect(
            plan.steps.contains { $0.contains("INDEX message_to (<expr>=? AND recipient=? AND owner=?)") },
            "\(plan.steps)")
        #expect(plan.steps.contains { $0.contains("SEARCH message USING PRIMARY KEY (id=?)") }, "\(plan.steps)")
    }

    @Test("whether media is needed is found in the index of hashes, and who is to be notified in that of the batch")
    func mediaNeeds() throws {
        let connection = try SQLiteDriver(path: ":memory:", access: .readWrite)
        try connection.migrate()

        let plan = try Plan(MediaQuery.needed.sql, on: connection)

        for index in ["batch_medium_hash", "event_in_batch"] {
            #expect(plan.steps.contains { $0.contains(index) }, "\(plan.steps)")
        }
    }

    private static let lists: [(sql: String, index: String)] = [
        (BatchListQuery.count.sql, "batch_listed"), (BatchListQuery.list.sql, "batch_listed"),
        (BatchListQuery.countFrom.sql, "batch_from"), (BatchListQuery.listFrom.sql, "batch_from"),
        (FinishedListQuery.count.sql, "message_finished"),
        (FinishedListQuery.list.sql, "message_finished"),
        (InboundQuery.count.sql, "inbound_listed"), (InboundQuery.list.sql, "inbound_listed"),
        (InboundQuery.countTo.sql, "inbound_to"), (InboundQuery.listTo.sql, "inbound_to"),
        (GroupQuery.count.sql, "contact_group_listed"), (GroupQuery.list.sql, "contact_group_listed"),
    ]

    /// A list of a million is counted in an index, and its page is found there: the rows read are those of the page.
    @Test("lists are counted and paged by an index alone", arguments: lists)
    func lists(_ sql: String, index: String) throws {
        let connection = try SQLiteDriver(path: ":memory:", access: .readWrite)
        try connection.migrate()

        let plan = try Plan(sql, on: connection)

        #expect(plan.steps.contains { $0.contains("USING COVERING INDEX \(index)") }, "\(plan.steps)")
    }
}

/// What SQLite says it will do for a statement.
struct Plan {
    private(set) var steps: [String] = []

    init(_ sql: String, on connection: SQLiteDriver) throws {
        let statement = try SQLiteStatement("EXPLAIN QUERY PLAN " + sql, named: "plan", on: connection.opened())
        while try statement.step() {
            if let step = statement.text(at: 3) { steps.append(step) }
        }
    }
}
