import DescribedAPI
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import SMSAPI

@Suite("Reports")
struct ReportTests {
    private let face = Face()
    private let path = "/xms/v1/shop/batches/01KN6MZ5G0BAKERY0000000001/delivery_report"

    @Test(
        "filters take lists and repetitions, in any case",
        arguments: [
            ("", 3), ("?status=delivered", 1), ("?status=DELIVERED,Dispatched", 2),
            ("?status=Delivered&status=aborted", 2), ("?status=Delivered%2C%20Failed&code=0,416", 1),
            ("?code=402", 1), ("?code=15", 0), ("?code=401&status=Delivered", 0), ("?status=Deleted", 0),
            ("?status=", 3), ("?type=full&status=Aborted", 1), ("?type=SUMMARY", 3),
        ])
    func filters(query: String, count: Int) async throws {
        try await face.insertFinishedBatch()

        let answer = try await face.send(.get, path + query)

        #expect(answer.status == .ok)
        #expect(try answer.json["total_message_count"] == 5)
        guard case .array(let entries) = try answer.json["statuses"] else {
            Issue.record("no statuses")
            return
        }
        #expect(entries.count == count)
    }

    @Test(
        "what cannot be read of a query or a path is refused",
        arguments: [
            ("?type=long", "syntax_constraint_violation"), ("?status=Lost", "syntax_constraint_violation"),
            ("?code=zero", "syntax_invalid_parameter_format"), ("/nobody", "syntax_invalid_parameter_format"),
        ])
    func unreadable(rest: String, code: String) async throws {
        try await face.insertFinishedBatch()

        let answer = try await face.send(.get, path + rest)

        #expect(answer.status == .badRequest)
        #expect(try answer.json["code"] == .string(code))
    }

    @Test(
        "a number in the path may be written in any way",
        arguments: ["12025550142", "+12025550142", "%2B12025550142", "0012025550142"])
    func recipient(number: String) async throws {
        try await face.insertFinishedBatch()

        let answer = try await face.send(.get, "\(path)/\(number)")

        #expect(answer.status == .ok)
        #expect(try answer.json["recipient"] == "12025550142")
    }

    @Test("a number that was not written to has no report, and is not repeated")
    func stranger() async throws {
        try await face.insertFinishedBatch()

        let answer = try await face.send(.get, "\(path)/12025559999")

        #expect(answer.status == .notFound)
        #expect(!answer.text.contains("9999"))
    }

    @Test("an id of the wrong form is 400 and named; one that nobody has is 404", arguments: ["", "/delivery_report"])
    func ids(rest: String) async throws {
        let malformed = try await face.send(.get, "/xms/v1/shop/batches/not-an-id\(rest)")
        let unknown = try await face.send(.get, "/xms/v1/shop/batches/01KN6MZ5G0BAKERY000000000Z\(rest)")

        #expect(malformed.status == .badRequest)
        #expect(try malformed.json["code"] == "syntax_invalid_parameter_format")
        #expect(malformed.text.contains("'not-an-id'"))
        #expect(unknown.status == .notFound)
        #expect(unknown.headers[.contentType] == "application/json")
    }

    static let table: [(MessageState, String, Int)] = [
        (.queued, "Queued", 400), (.submitting, "Queued", 400), (.inDoubt, "Queued", 400),
        (.submitted(messageID: "m"), "Dispatched", 401), (.delivered, "Delivered", 0), (.expired, "Expired", 0),
        (.unknown, "Unknown", 0), (.cancelled, "Cancelled", 407), (.aborted(.unroutable), "Aborted", 402),
        (.failed(.refusedByMMSC), "Aborted", 402), (.aborted(.internalError), "Aborted", 403),
        (.failed(.triesUsedUp), "Aborted", 404), (.aborted(.unmatchedParameter), "Aborted", 405),
        (.aborted(.expiredInQueue), "Aborted", 406), (.failed(.notProvisioned), "Aborted", 412),
        (.failed(.senderInactive), "Aborted", 413), (.aborted(.mediaUnreachable), "Aborted", 414),
        (.rejected(.refusedByNetwork), "Rejected", 415), (.failed(.refusedByNetwork), "Rejected", 415),
        (.failed(.undelivered), "Failed", 415), (.failed(.notSupported), "Failed", 416),
        (.failed(.invalidRecipient), "Aborted", 402), (.failed(.messageTooLarge), "Aborted", 402),
        (.failed(.badConfiguration), "Aborted", 402), (.aborted(.rateLimited), "Aborted", 404),
        (.aborted(.mediaTooLarge), "Aborted", 414), (.aborted(.mediaTypeUnsupported), "Aborted", 414),
        (.aborted(.mediaTypeUndetermined), "Aborted", 414), (.aborted(.mediaUnreadable), "Aborted", 414),
        (.aborted(.mediaAgainstRules), "Aborted", 414), (.failed(.contentRejected), "Aborted", 414),
        (.failed(.recipientBlocked), "Rejected", 415),
        (.failed(.unreachable), "Failed", 417), (.failed(.unrecognised), "Failed", 418),
    ]

    @Test("every state has its status and code", arguments: table)
    func states(state: MessageState, status: String, code: Int) {
        let report = ReportStatus(state)

        #expect(report.status.rawValue == status)
        #expect(report.code == code)
    }
}
