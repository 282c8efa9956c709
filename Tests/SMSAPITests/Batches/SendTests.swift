import DescribedAPI
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import SMSAPI

@Suite("Sending")
struct SendTests {
    private let face = Face()

    @Test("the batch is printed in the documented order")
    func order() async throws {
        let answer = try await face.send(
            .post, "/xms/v1/shop/batches",
            body: """
                {"to": ["+1 (202) 555-0142", "0012025550141"], "from": "+1 202 555 0100", "type": "mt_media",
                 "body": {"url": "https://media.bakery.example/a/b.png?x=1", "message": "Hi ${n}", "subject": "Cake"},
                 "parameters": {"n": {"default": "you", "12025550141": "Bo", "+12025550142": "Al"}},
                 "delivery_report": "full", "send_at": "2026-04-02T10:00Z", "expire_at": "2026-04-03T10:00:00+02:00",
                 "callback_url": "http://x.example/hook", "client_reference": "r", "feedback_enabled": true,
                 "strict_validation": false}
                """)

        #expect(answer.status == .created)
        #expect(answer.headers[.contentLength] == "\(answer.text.utf8.count)")
        #expect(
            answer.text == """
                {"id":"01KN6REDNT0000000000000002","to":["12025550142","12025550141"],"from":"12025550100",\
                "canceled":false,"body":{"subject":"Cake","message":"Hi ${n}",\
                "url":"https://media.bakery.example/a/b.png?x=1"},\
                "parameters":{"n":{"+12025550142":"Al","12025550141":"Bo","default":"you"}},"type":"mt_media",\
                "created_at":"2026-04-02T09:30:00.250Z","modified_at":"2026-04-02T09:30:00.250Z",\
                "delivery_report":"full","send_at":"2026-04-02T10:00:00.000Z",\
                "expire_at":"2026-04-03T08:00:00.000Z","callback_url":"http://x.example/hook",\
                "client_reference":"r","feedback_enabled":true,"strict_validation":false}
                """)
    }

    @Test("the batch and one message for each number are in the store when the answer comes")
    func stored() async throws {
        var body = Face.goodBody
        body["to"] = ["+12025550141", "12025550142", "1-202-555-0141", "4420794600"]

        let answer = try await face.post(body)

        #expect(try answer.json["to"] == ["12025550141", "12025550142", "4420794600"])
        guard case .string(let text) = try answer.json["id"], let id = ULID(text) else {
            Issue.record("the answer has no id")
            return
        }
        let numbers = ["12025550141", "12025550142", "4420794600"].compactMap { MSISDN($0) }
        var messages: [Message?] = []
        for number in numbers { messages.append(try await face.store.message(to: number, in: id)) }
        #expect(messages.map { $0?.state } == [.queued, .queued, .aborted(.unroutable)])
        #expect(messages.map { $0?.carriers?.names } == [["north"], ["north"], nil])
        #expect(try await face.store.tallies(of: id, withRecipients: false).reduce(0) { $0 + $1.count } == 3)
    }

    @Test("a thousand recipients are taken")
    func thousand() async throws {
        var body = Face.goodBody
        body["to"] = .array((0..<1000).map { .string("+1202556\(1000 + $0)") })

        let answer = try await face.post(body)

        #expect(answer.status == .created)
    }

    @Test("a missing originator is the plan's, and the store knows that")
    func defaultOriginator() async throws {
        var body = Face.goodBody
        body["from"] = nil

        let answer = try await face.post(body)

        #expect(try answer.json["from"] == "12025550100")
        guard case .string(let text) = try answer.json["id"], let id = ULID(text) else { return }
        let batch = try await face.store.batch(id, of: .servicePlan("shop"))
        let echo = try SMSEcho(try #require(batch).order.echo)
        #expect(echo.isOriginatorDefault == true)
    }

    @Test("without one of the plan it is the account's at the MMSC that carries the first number")
    func defaultSender() async throws {
        var body = Face.goodBody
        body["from"] = nil
        body["to"] = ["33612345678"]

        let answer = try await face.post(body, plan: "bare", token: Face.bareToken)

        #expect(answer.status == .created)
        #expect(try answer.json["from"] == "33155500100")
    }

    @Test(
        "members that are null are members that are missing",
        arguments: [
            "from", "delivery_report", "send_at", "expire_at", "callback_url", "client_reference", "feedback_enabled",
            "parameters", "strict_validation",
        ])
    func nulls(member: String) async throws {
        var body = Face.goodBody
        body[member] = .null

        let answer = try await face.post(body)

        #expect(answer.status == .created)
        #expect(!answer.text.contains("null"))
    }

    @Test("nulls inside parameters, body and unknown members disturb nobody")
    func innerNulls() async throws {
        let answer = try await face.send(
            .post, "/xms/v1/shop/batches",
            body: """
                {"to": ["12025550141"], "from": "12025550100", "type": "mt_media", "tags": ["a"],
                 "campaign_id": {"x": null},
                 "body": {"url": "https://m.example/a", "message": null, "subject": null, "extra": 1},
                 "parameters": {"a": null, "b": {"12025550141": null, "default": "x"}},
                 "flash_message": "?"}
                """)

        #expect(answer.status == .created)
        #expect(try answer.json["body"] == ["url": "https://m.example/a"])
        #expect(try answer.json["parameters"] == ["b": ["default": "x"]])
    }

    private static func text(_ character: Character, _ count: Int) -> JSON {
        .string(String(repeating: character, count: count))
    }

    private static let longestURL = JSON.string("https://h.example/" + String(repeating: "p", count: 2048 - 18))

    static let atLimits: [(String, JSON)] = [
        ("client_reference", text("r", 2048)),
        ("callback_url", longestURL),
        ("body", ["url": longestURL]),
        ("body", ["url": "https://h.example:8443/Torten/Käse.jpg?a=[1]|2"]),
        ("body", ["url": "HTTP://[2001:db8::7]/a"]), ("body", ["url": "https://bäckerei.example/a"]),
        ("body", ["url": "https://h.example/a", "subject": text("🎂", 40)]),
        ("body", ["url": "https://h.example/a", "message": text("é", 2000)]),
        ("parameters", ["key_-.890123456a": ["default": text("v", 1600)]]),
        ("from", "BAKERY & Co"), ("from", "00123"), ("from", "40404"),
        ("send_at", "2001-01-01"), ("send_at", "2027-01-01T00:00:00.1234567"),
        ("expire_at", "2026-04-05T09:30:00.250Z"), ("expire_at", "2026-04-02 09:30:01+00:00"),
    ]

    @Test("values at their limits are taken", arguments: atLimits)
    func limits(member: String, value: JSON) async throws {
        var body = Face.goodBody
        body[member] = value

        let answer = try await face.post(body)

        #expect(answer.status == .created, "\(answer.text)")
    }

    @Test(
        "every form of the type for JSON is taken",
        arguments: ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=UTF-8"])
    func contentTypes(type: String) async throws {
        let answer = try await face.send(
            .post, "/xms/v1/shop/batches", type: type, body: try Face.goodBody.text)

        #expect(answer.status == .created)
    }

    @Test(
        "a store that cannot keep it is said so, and why is not",
        arguments: [
            (StoreFailure.unavailable("disk is full"), HTTPResponse.Status.serviceUnavailable, "unavailable"),
            (.closed, .serviceUnavailable, "unavailable"),
            (.broken("bad page"), .internalServerError, "internal_error"),
        ])
    func storeFails(failure: StoreFailure, status: HTTPResponse.Status, code: String) async throws {
        var face = face
        face.failure = failure

        let answer = try await face.post(Face.goodBody)

        #expect(answer.status == status)
        #expect(try answer.json["code"] == .string(code))
        #expect((answer.headers[.retryAfter] != nil) == (status == .serviceUnavailable))
        #expect(!answer.text.contains("disk") && !answer.text.contains("page"))
    }
}
