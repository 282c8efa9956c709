import DescribedAPI
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Testing

@Suite("The list of delivery reports")
struct ReportListTests {
    private let face = Face()

    private func list(_ query: String = "", plan: String = "shop") async throws -> [JSON] {
        let answer = try await face.call(.get, "delivery_reports\(query)", plan: plan)
        #expect(answer.status == .ok, "\(answer.text)")
        return try answer.json["delivery_reports"]?.items ?? []
    }

    /// One delivered, one failed, one on its way, one that no route covers, a minute apart.
    private func insertFour() async throws -> String {
        let numbers: JSON = ["12025550141", "12025550142", "12025550143", "99900000001"]
        let batch = try await face.batch(["to": numbers, "client_reference": "easter", "from": .null]).id
        try await face.submit(batch)
        face.clock.advance(by: .seconds(60))
        try await face.report("M1", .delivered)
        face.clock.advance(by: .seconds(60))
        try await face.report("M2", .failed(.unreachable))
        return batch
    }

    @Test("only what is final is listed, the newest first, each as it is read alone")
    func finalOnly() async throws {
        let batch = try await insertFour()

        let reports = try await list()

        #expect(reports.map { $0["status"]?.string } == ["Failed", "Delivered", "Aborted"])
        for report in reports {
            let recipient = report["recipient"]?.string ?? ""
            #expect(try await face.call(.get, "batches/\(batch)/delivery_report/\(recipient)").json == report)
        }
        #expect(reports.first?["applied_originator"] == "12025550100")
    }

    @Test(
        "they are filtered by status in any case, by code, by both and by reference",
        arguments: [
            ("?status=Delivered", 1), ("?status=DELIVERED,aborted", 2), ("?status=Delivered&status=failed", 2),
            ("?status=Queued", 0), ("?status=Dispatched", 0), ("?status=queued,delivered", 1), ("?status=", 3),
            ("?code=0", 1), ("?code=0,417", 2), ("?code=402&code=417", 2), ("?code=401", 0), ("?code=15", 0),
            ("?code=417&status=Delivered", 0), ("?code=-1", 0), ("?client_reference=easter", 3),
            ("?client_reference=other", 0), ("?client_reference=easter&status=Failed", 1),
            ("?client_reference=easter&code=402,0", 2), ("?status=Delivered,+Failed", 2),
        ])
    func filters(query: String, count: Int) async throws {
        _ = try await insertFour()

        let answer = try await face.call(.get, "delivery_reports\(query)").json

        #expect(answer["count"]?.int == count)
        #expect(answer["delivery_reports"]?.items?.count == count)
    }

    @Test("a window is by the time at which the message became final")
    func window() async throws {
        _ = try await insertFour()

        let window = "?start_date=2026-04-02T09:31:00.250Z&end_date=2026-04-02T09:32:00.250Z"
        #expect(try await list(window).map { $0["status"] } == ["Delivered"])
        #expect(try await list(window + "&client_reference=easter").map { $0["status"] } == ["Delivered"])
        face.clock.advance(by: .seconds(24 * 3600))
        #expect(try await list().map { $0["status"] } == ["Failed"])
    }

    @Test(
        "what cannot be read is refused",
        arguments: [
            ("?status=Lost", "400 syntax_constraint_violation"), ("?code=zero", "400 syntax_invalid_parameter_format"),
            ("?code=99999999999999999999", "400 syntax_invalid_parameter_format"),
        ])
    func unreadable(query: String, refusal: String) async throws {
        #expect(try await face.call(.get, "delivery_reports\(query)").refusal == refusal)
    }

    @Test("reports of another plan are neither listed nor counted")
    func isolation() async throws {
        _ = try await insertFour()

        let answer = try await face.call(.get, "delivery_reports", plan: "bare").json

        #expect(answer == ["count": 0, "page": 0, "page_size": 0, "delivery_reports": []])
    }

    @Test("a cancelled batch that had not begun leaves no reports, one that had leaves those of what was withdrawn")
    func cancelled() async throws {
        let scheduled = try await face.batch(["send_at": "2026-04-03T00:00Z"]).id
        let queued = try await face.batch().id

        for id in [scheduled, queued] { #expect(try await face.call(.delete, "batches/\(id)").status == .ok) }

        #expect(try await list().map { $0["batch_id"] } == [.string(queued)])
        #expect(try await list().map { $0["code"] } == [407])
    }
}
