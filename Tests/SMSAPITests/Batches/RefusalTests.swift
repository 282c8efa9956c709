import DescribedAPI
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import SMSAPI
import Testing

@Suite("Refusals")
struct RefusalTests {
    private let face = Face()

    @Test("a fault is answered with its status, its code and a text that names it", arguments: Fault.all)
    func fault(_ fault: Fault) async throws {
        var body = Face.goodBody
        body[fault.member] = fault.value

        let answer = try await face.post(body)

        #expect(answer.status.code == fault.status)
        #expect(answer.headers[.contentType] == "application/json")
        guard case .object(let members) = try answer.json, case .string(let text) = members["text"] else {
            Issue.record("no error body: \(answer.text)")
            return
        }
        #expect(Set(members.keys) == ["code", "text"])
        #expect(members["code"] == .string(fault.code))
        #expect(text.contains(fault.says), "\(text)")
        #expect(try await face.batchCount == 0)
    }

    @Test(
        "an end is measured against the beginning",
        arguments: [
            ("2026-04-03T00:00Z", "2026-04-03T00:00Z", "must be after 'send_at'"),
            ("2026-04-04T00:00Z", "2026-04-03T00:00Z", "must be after 'send_at'"),
            ("2026-04-04T00:00Z", "2026-04-07T00:00:00.001Z", "at most 3 days"),
            ("2026-01-01T00:00Z", "2026-02-01T00:00Z", "must be in the future"),
        ])
    func validity(sendAt: String, expireAt: String, says: String) async throws {
        var body = Face.goodBody
        body["send_at"] = .string(sendAt)
        body["expire_at"] = .string(expireAt)

        let answer = try await face.post(body)

        #expect(answer.status == .badRequest)
        #expect(answer.text.contains("syntax_constraint_violation"))
        #expect(answer.text.contains(says))
    }

    @Test("a report without anywhere to send it is refused", arguments: ["summary", "full", "per_recipient"])
    func missingCallback(wanted: String) async throws {
        var body = Face.goodBody
        body["delivery_report"] = .string(wanted)

        let answer = try await face.post(body, plan: "bare", token: Face.bareToken)

        #expect(answer.status == .forbidden)
        #expect(try answer.json["code"] == "missing_callback_url")
    }

    @Test("a plan without a default originator needs one in the request")
    func missingOriginator() async throws {
        var body = Face.goodBody
        body["from"] = nil

        let answer = try await face.post(body, plan: "bare", token: Face.bareToken)

        #expect(answer.status == .badRequest)
        #expect(try answer.json["code"] == "syntax_constraint_violation")
        #expect(answer.text.contains("'from': must be present"))
    }

    @Test(
        "what is no JSON object is refused",
        arguments: ["", "{\"to\": [\"12025550141\",", "[]", "null", "\"x\"", "{\"to\": [\"\\ud800\"]}", "\u{0}", "{}}"])
    func notJSON(body: String) async throws {
        let answer = try await face.send(.post, "/xms/v1/shop/batches", body: body)

        #expect(answer.status == .badRequest)
        #expect(try answer.json["code"] == "syntax_invalid_json")
        #expect(answer.text.contains("The request body"))
    }

    @Test("JSON nested without end is refused, not followed")
    func nested() async throws {
        let depth = 100_000
        let body = "{\"x\": " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"

        let answer = try await face.send(.post, "/xms/v1/shop/batches", body: body)

        #expect(answer.status == .badRequest)
    }

    @Test(
        "another type than JSON is 415",
        arguments: [nil, "text/plain", "application/x-www-form-urlencoded", "json", ""])
    func foreignType(type: String?) async throws {
        let answer = try await face.send(.post, "/xms/v1/shop/batches", type: type, body: try Face.goodBody.text)

        #expect(answer.status == .unsupportedMediaType)
        #expect(answer.headers[.contentType] == "application/json")
        #expect(try answer.json["code"] == "unsupported_media_type")
    }

    @Test("a body beyond the limit is 413, and the limit is named")
    func tooLarge() async throws {
        var small = Face()
        small.limits = .init(bodyBytes: 100)

        let answer = try await small.post(Face.goodBody)

        #expect(answer.status == .contentTooLarge)
        #expect(answer.headers[.contentType] == "application/json")
        #expect(answer.text.contains("100 bytes"))
    }

    @Test(
        "a method that a path does not have is 405, with those it has",
        arguments: [
            (HTTPRequest.Method.put, "batches", "GET, POST"), (.delete, "groups", "GET, POST"),
            (.patch, "batches/01KN6MZ5G0BAKERY0000000001", "DELETE, GET, POST, PUT"),
            (.get, "batches/dry_run", "POST"), (.post, "inbounds", "GET"), (.delete, "delivery_reports", "GET"),
            (.get, "batches/01KN6MZ5G0BAKERY0000000001/delivery_feedback", "POST"),
            (.post, "batches/01KN6MZ5G0BAKERY0000000001/delivery_report", "GET"),
        ])
    func wrongMethod(method: HTTPRequest.Method, path: String, allowed: String) async throws {
        let answer = try await face.send(method, "/xms/v1/shop/\(path)")

        #expect(answer.status == .methodNotAllowed)
        #expect(answer.headers[.allow] == allowed)
        #expect(answer.headers[.contentType] == "application/json")
        #expect(try answer.json["code"] == "method_not_allowed")
    }

    @Test(
        "a path that is none is 404 in JSON",
        arguments: ["/xms/v1/shop/nothing", "/xms/v2/x", "/xms/", "/", "/favicon.ico"])
    func wrongPath(path: String) async throws {
        let answer = try await face.send(.get, path)

        #expect(answer.status == .notFound)
        #expect(answer.headers[.contentType] == "application/json")
        #expect(try answer.json["code"] == "not_found")
    }
}
