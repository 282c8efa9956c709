import DescribedAPI
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import SMSAPI
import Testing

/// One thing that can be done with the API, at a path that has what it is done with.
struct Operation: Sendable, CustomTestStringConvertible {
    let method: HTTPRequest.Method
    let path: String
    let body: JSON?

    init(_ method: HTTPRequest.Method, _ path: String, _ body: JSON? = nil) {
        self.method = method
        self.path = path
        self.body = body
    }

    var testDescription: String { "\(method.rawValue) \(path)" }

    static let batch = "01KN6MZ5G0BAKERY0000000001"

    /// `{batch}`, `{group}` and `{inbound}` stand for ids.
    static let all: [Operation] = [
        Operation(.post, "batches", Face.goodBody), Operation(.get, "batches"),
        Operation(.post, "batches/dry_run", Face.goodBody), Operation(.get, "batches/{batch}"),
        Operation(.post, "batches/{batch}", ["client_reference": "x"]),
        Operation(.put, "batches/{batch}", Face.goodBody),
        Operation(.delete, "batches/{batch}"),
        Operation(.post, "batches/{batch}/delivery_feedback", ["recipients": []]),
        Operation(.get, "batches/{batch}/delivery_report"),
        Operation(.get, "batches/{batch}/delivery_report/12025550141"), Operation(.get, "batches/{batch}/tags"),
        Operation(.put, "batches/{batch}/tags", ["tags": []]), Operation(.post, "batches/{batch}/tags", ["add": []]),
        Operation(.get, "delivery_reports"), Operation(.get, "inbounds"), Operation(.get, "inbounds/{inbound}"),
        Operation(.post, "groups", [:]), Operation(.get, "groups"), Operation(.get, "groups/{group}"),
        Operation(.post, "groups/{group}", [:]), Operation(.put, "groups/{group}", ["members": []]),
        Operation(.delete, "groups/{group}"), Operation(.get, "groups/{group}/members"),
        Operation(.get, "groups/{group}/tags"), Operation(.put, "groups/{group}/tags", ["tags": []]),
        Operation(.post, "groups/{group}/tags", ["add": []]),
    ]

    static let withBody = all.filter { $0.body != nil }
    static let withID = all.filter { $0.path.contains("{") }
}

@Suite("Bad input, operation by operation")
struct BadInputTests {
    private let face = Face()
    private static let unknown = "01KN6MZ5G0BAKERY000000000Z"

    /// The path with ids of things that are there.
    private func path(_ operation: Operation, plan: String = "shop") async throws -> String {
        var path = operation.path
        if path.contains("{batch}") {
            path.replace("{batch}", with: try await face.batch(["feedback_enabled": true]).id)
        }
        if path.contains("{group}") { path.replace("{group}", with: try await face.group().id) }
        if path.contains("{inbound}") { path.replace("{inbound}", with: try await face.insertInbound(0)) }
        return "/xms/v1/\(plan)/\(path)"
    }

    private static func path(_ operation: Operation, id: String) -> String {
        "/xms/v1/shop/" + operation.path.replacing(/\{\w+\}/, with: id)
    }

    /// Everything that the plan has: nothing of it may change.
    private func contents() async throws -> [String] {
        var contents: [String] = []
        for list in ["batches", "groups", "inbounds", "delivery_reports"] {
            contents.append(try await face.call(.get, list).text)
        }
        return contents
    }

    @Test("each is carried out when all is well", arguments: Operation.all)
    func well(operation: Operation) async throws {
        let answer = try await face.send(
            operation.method, path(operation), type: operation.body == nil ? nil : "application/json",
            body: try operation.body?.text)

        #expect((200...202).contains(answer.status.code), "\(answer.text)")
        #expect(answer.headers[.contentType] == (answer.text.isEmpty ? nil : "application/json"))
        #expect(!answer.text.contains("null"))
    }

    @Test("a type of JSON without a body disturbs none that has no body", arguments: Operation.all)
    func typeWithoutBody(operation: Operation) async throws {
        guard operation.body == nil else { return }

        let answer = try await face.send(operation.method, path(operation), type: "application/json")

        #expect(answer.status == .ok)
    }

    @Test("another plan's token, a wrong one and none are 401, and nothing is done", arguments: Operation.all)
    func token(operation: Operation) async throws {
        let path = try await path(operation)
        let before = try await contents()

        for token in [Face.bareToken, "x", "", nil] {
            let answer = try await face.send(operation.method, path, token: token, body: try operation.body?.text)

            #expect(try answer.refusal == "401 unauthorized")
            #expect(answer.headers[.wwwAuthenticate] == "Bearer")
        }
        #expect(try await contents() == before)
    }

    @Test("an id that is none is 400, one that nobody has is 404", arguments: Operation.withID)
    func ids(operation: Operation) async throws {
        let before = try await contents()
        for id in [
            "x", "01kn6mz5g0bakery0000000001", "01KN6MZ5G0BAKERY00000000011", "%00", "12025550141", "%F0%9F%8E%82",
        ] {
            let answer = try await face.send(
                operation.method, Self.path(operation, id: id), body: try operation.body?.text)

            #expect(try answer.refusal == "400 syntax_invalid_parameter_format", "\(id)")
            #expect(!answer.text.contains("12025550141"))
        }

        let answer = try await face.send(
            operation.method, Self.path(operation, id: Self.unknown), body: try operation.body?.text)

        #expect(try answer.refusal == "404 not_found")
        #expect(try await contents() == before)
    }

    @Test(
        "what is no JSON object is 400, and nothing is done", arguments: Operation.withBody,
        [
            "{", "{\"", "[]", "[1]", "null", "7", "true", "\"x\"", "{}}", "{'a': 1}", "{\"a\": }", "\u{0}",
            "{\"a\":1 \"b\":2}",
            "<html/>", "{\"a\" 1}",
        ])
    func noObject(operation: Operation, body: String) async throws {
        let path = try await path(operation)
        let before = try await contents()

        let answer = try await face.send(operation.method, path, body: body)

        #expect(try answer.refusal == "400 syntax_invalid_json", "\(answer.text)")
        #expect(try answer.json.names == ["code", "text"])
        #expect(try await contents() == before)
    }

    @Test("a body that was cut off anywhere is 400, and nothing is done", arguments: Operation.withBody)
    func truncated(operation: Operation) async throws {
        let path = try await path(operation)
        let before = try await contents()
        let whole = try operation.body?.text ?? ""

        try await face.session { (caller: Caller) async throws in
            for length in 1..<whole.count {
                let answer = try await caller.send(operation.method, path, body: String(whole.prefix(length)))
                #expect(try answer.refusal == "400 syntax_invalid_json", "\(whole.prefix(length))")
            }
        }

        #expect(try await contents() == before)
    }

    @Test("octets that are no UTF-8 are 400, or were in a member that nobody reads", arguments: Operation.withBody)
    func noUTF8(operation: Operation) async throws {
        let path = try await path(operation)
        let before = try await contents()
        let bytes = Array(#"{"x": ""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)

        let answer = try await face.session { (caller: Caller) async throws in
            try await caller.send(operation.method, path, bytes: bytes)
        }

        #expect(answer.status == .badRequest || answer.status.code < 300, "\(answer.text)")
        if answer.status == .badRequest { #expect(try await contents() == before) }
    }

    @Test(
        "another type than JSON is 415, and nothing is done", arguments: Operation.withBody,
        [nil, "", "text/plain", "text/json", "application/jsonp", "application/x-www-form-urlencoded", "json"])
    func type(operation: Operation, type: String?) async throws {
        let path = try await path(operation)
        let before = try await contents()

        let answer = try await face.send(operation.method, path, type: type, body: try operation.body?.text)

        #expect(try answer.refusal == "415 unsupported_media_type")
        #expect(try await contents() == before)
    }

    @Test("a body beyond the limit is 413, and nothing is done", arguments: Operation.withBody)
    func tooLarge(operation: Operation) async throws {
        let path = try await path(operation)
        let before = try await contents()
        var small = face
        small.limits.bodyBytes = 100
        let body = String(repeating: " ", count: 101)

        let answer = try await small.send(operation.method, path, body: body)

        #expect(try answer.refusal == "413 request_too_large")
        #expect(try await contents() == before)
    }

    @Test("a method that a path does not have is 405, and nothing is done", arguments: Operation.all)
    func method(operation: Operation) async throws {
        let path = try await path(operation)
        let before = try await contents()
        let known = Set(Operation.all.filter { $0.path == operation.path }.map(\.method))

        for method in [HTTPRequest.Method.get, .post, .put, .delete, .patch, .options] where !known.contains(method) {
            let answer = try await face.send(method, path, body: try operation.body?.text)

            #expect(try answer.refusal == "405 method_not_allowed")
            let allowed = answer.headers[.allow]?.split(separator: ", ").map(String.init) ?? []
            #expect(Set(allowed) == Set(known.map(\.rawValue)))
        }
        #expect(try await contents() == before)
    }

    @Test("members that nobody knows disturb none", arguments: Operation.withBody)
    func unknownMembers(operation: Operation) async throws {
        let more: JSON = ["campaign_id": ["x": [nil, 1, "\u{0}"]], "": 5, "to ": []]

        let answer = try await face.send(
            operation.method, path(operation), body: try operation.body?.with(more).text)

        #expect((200...202).contains(answer.status.code), "\(answer.text)")
    }
}
