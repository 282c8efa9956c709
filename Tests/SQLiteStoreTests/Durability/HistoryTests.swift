import Doubles
import Foundation
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

@Suite("What was said about a message is kept")
struct HistoryTests {
    private func withScene(_ body: (Scene, SQLiteDriver) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            try await body(
                Scene(store: store, signals: signals),
                try SQLiteDriver(path: "\(folder)/gateway.sqlite", access: .readOnly))
            await store.close()
        }
    }

    @Test("each attempt keeps its last word")
    func attempts() async throws {
        try await withScene { scene, connection in
            try await scene.due(to: ["12025550101"])
            let busy = SubmissionResult(.postponed, dueAt: .start, statusCode: 4001, statusText: "busy")
            try await scene.store.record(busy, of: scene.claim(), now: .start)
            let lost = try await scene.claim()
            _ = try await scene.store.endLeases(except: [], now: .start + .seconds(60))
            #expect(try connection.value(of: "SELECT event FROM attempt WHERE number = 2") == "lease_ended")

            let accepted = SubmissionResult(.accepted(messageID: "M1"), statusCode: 1000)
            try await scene.store.record(accepted, of: lost, now: .start + .seconds(61))

            let rows = "SELECT group_concat(number || ' ' || event || ' ' || status_code, ', ') FROM attempt"
            #expect(try connection.value(of: rows) == "1 postponed 4001, 2 accepted 1000")
        }
    }

    @Test("a claim of which nothing was sent leaves no trace")
    func released() async throws {
        try await withScene { scene, connection in
            try await scene.due(to: ["12025550101"])

            try await scene.store.record(SubmissionResult(.released), of: scene.claim(), now: .start)
            #expect(try connection.value(of: "SELECT count(*) FROM attempt") == "0")
            try await scene.store.record(SubmissionResult(.answerLost), of: scene.claim(), now: .start)
            try await scene.store.record(SubmissionResult(.released), of: scene.claim(), now: .start)
            try await scene.store.record(SubmissionResult(.postponed), of: scene.claim(), now: .start)

            let rows = "SELECT group_concat(number || ' ' || event, ', ') FROM attempt"
            #expect(try connection.value(of: rows) == "1 answer_lost, 2 postponed")
        }
    }

    @Test("a number that cannot be understood holds up no claim")
    func foreignNumber() async throws {
        try await withScene { scene, _ in
            try await scene.due(to: ["12025550101", "12025550102"], interest: [.submitted, .final])
            try await scene.write("UPDATE message SET recipient = '00x' WHERE recipient = '12025550101'")

            let claims = try await scene.claims()
            for claim in claims {
                try await scene.store.record(SubmissionResult(.refused(.refusedByMMSC)), of: claim, now: .start)
            }

            #expect(Set(claims.map(\.recipient.digits)) == ["00x", "12025550102"])
            #expect(try await scene.events().count == 2)
        }
    }

    @Test("every report is kept, up to a hundred for a message")
    func reports() async throws {
        try await withScene { scene, connection in
            try await scene.submitted()
            let deferred = DeliveryReport(messageID: "M1", recipient: nil, fate: .pending, status: "Deferred")
            _ = try await scene.store.apply(deferred, from: "north", now: .start)

            for _ in 1...150 { _ = try await scene.store.apply(.delivered(), from: "north", now: .start) }

            #expect(try connection.value(of: "SELECT count(*) FROM report") == "100")
            #expect(try connection.value(of: "SELECT status FROM report WHERE number = 1") == "Deferred")
            #expect(try connection.value(of: "SELECT status FROM report WHERE number = 2") == "Retrieved")
        }
    }

    @Test("an early report is gone once it was applied, and a bound holds for the others")
    func earlyReports() async throws {
        try await withScene { scene, connection in
            try await scene.due(to: ["12025550101"])
            let claim = try await scene.claim()
            for name in ["M1", "M2", "M3"] {
                _ = try await scene.store.apply(.delivered(name), from: "north", now: .start)
            }

            try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: claim, now: .start)
            let held = "SELECT group_concat(message_id) FROM early_report"
            #expect(try connection.value(of: held) == "M2,M3")

            let writer = try #require(scene.store as? SQLiteStore).writer
            try await writer.write { (transaction) throws(SQLError) in
                _ = try transaction.connection.run(ReportQuery.dropOldest, [":limit": .integer(1)])
            }
            #expect(try connection.value(of: held) == "M3")
        }
    }

    @Test("a call that was heard keeps when, one that was given up why")
    func events() async throws {
        try await withScene { scene, connection in
            try await scene.submitted(interest: [.submitted, .final])
            _ = try await scene.store.apply(.delivered(), from: "north", now: .start)

            let first = try #require(try await scene.events().first?.event)
            try await scene.store.record(.heard, of: first.id, now: .start)
            let second = try #require(try await scene.events().first?.event)
            try await scene.store.record(.givenUp(reason: "HTTP 410"), of: second.id, now: .start)

            #expect(try connection.value(of: "SELECT heard_at FROM call WHERE event = 1") == "1800000000000")
            #expect(try connection.value(of: "SELECT reason FROM call WHERE event = 2") == "HTTP 410")
        }
    }
}

extension Scene {
    /// Changes rows as no call of the store would.
    fileprivate func write(_ sql: String) async throws {
        let writer = try #require(store as? SQLiteStore).writer
        try await writer.write { (transaction) throws(SQLError) in
            try transaction.sqlite.execute(sql, doing: "testing")
        }
    }
}
