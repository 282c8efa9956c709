import FoundationEssentials
import GatewayCore
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import OAuth
import Testing

@testable import CustomerServing

@Suite("The desk, before an API that is none of the gateway's")
struct DeskTests {
    private var ledger = Ledger()

    private func text(_ response: TestResponse) -> String { String(buffer: response.body) }

    @Test("a call that may be made is carried out")
    func well() async throws {
        let response = try await ledger.send(body: #"{"amount": 7}"#)

        #expect(response.status == .created)
        #expect(response.headers[.contentType] == "application/json")
        #expect(text(response) == #"{"amount":7}"#)
    }

    @Test(
        "an access key opens it by itself and by a token; nothing else does",
        arguments: [
            (Ledger.basic, 201),
            ("Bearer \(AccessToken(for: Ledger.key, of: Ledger.project, now: Ledger.now).text)", 201),
            (nil, 401), ("Bearer hush", 401), ("Basic \(Data("key:hus".utf8).base64EncodedString())", 401),
            ("Basic \(Data("other:hush".utf8).base64EncodedString())", 401),
        ])
    func access(authorization: String?, status: Int) async throws {
        let response = try await ledger.send(body: #"{"amount": 1}"#, authorization: authorization)

        #expect(response.status.code == status)
        #expect(ledger.book.sum == (status == 201 ? 1 : 0))
    }

    @Test(
        "a verb stands behind a colon, of a list and of a row",
        arguments: [
            (HTTPRequest.Method.post, "rows:close", "200 \"closed\""), (.post, "rows%3Aclose", "200 \"closed\""),
            (.post, "rows/7:move", "200 \"moved 7\""), (.post, "rows/a%2Fb%3amove", "200 \"moved a/b\""),
            (.get, "rows/7", "200 \"7\""), (.get, "rows/7:look", "200 \"7:look\""),
            (.get, "rows:close", #"405 [["405","This path allows POST"]]"#),
            (.post, "rows:open", #"404 [["404","There is nothing at this path"]]"#),
        ])
    func verbs(method: HTTPRequest.Method, path: String, answer: String) async throws {
        let response = try await ledger.send(method, "/ledger/bakery/\(path)")

        #expect("\(response.status.code) \(text(response))" == answer)
    }

    @Test("a token that was good once is told so, and an unknown project looks like wrong credentials")
    func expired() async throws {
        let old = AccessToken(for: Ledger.key, of: Ledger.project, now: Ledger.now + .seconds(-7200)).text

        let expired = try await ledger.send(authorization: "Bearer \(old)")
        let unknown = try await ledger.send(.post, "/ledger/nobody/rows")

        #expect(text(expired) == #"[["401","The access token expired"]]"#)
        #expect(expired.headers[.wwwAuthenticate]?.contains("expired") == true)
        #expect(text(unknown) == #"[["401","The credentials are missing or not valid here"]]"#)
        #expect(unknown.headers[.wwwAuthenticate] == "Bearer")
    }

    @Test(
        "every refusal leaves in the API's own form",
        arguments: [
            ("{", nil, "400", "is not valid JSON"), (#"{"amount": "x"}"#, nil, "400", "'amount': must be an integer"),
            ("{}", nil, "400", "'amount': must be present"), ("{}", "text/plain", "415", "application/json"),
            (String(repeating: " ", count: 1001), nil, "413", "limit of 1000 bytes"),
        ])
    func refusals(body: String, type: String?, code: String, says: String) async throws {
        let response = try await ledger.send(body: body, type: type ?? "application/json")

        #expect(String(response.status.code) == code)
        #expect(text(response).hasPrefix(#"[["\#(code)","#))
        #expect(text(response).contains(says), "\(text(response))")
        #expect(ledger.book.sum == 0)
    }

    @Test(
        "what the store and the API throw is put into the API's form, with the time to wait",
        arguments: [
            (LedgerFault.closed, 410, nil), (StoreFailure.closed, 503, "5"), (StoreFailure.busy("a test"), 429, "1"),
            (StoreFailure.broken("a test"), 500, nil), (CallRefusal.keyReused, 409, nil),
            (MalformedRequest.violation(at: "amount", "is too much"), 400, nil),
        ] as [(any Error, Int, String?)])
    func thrown(failure: any Error, status: Int, wait: String?) async throws {
        var ledger = ledger
        ledger.failure = failure

        let response = try await ledger.send(body: #"{"amount": 1}"#)

        #expect(response.status.code == status)
        #expect(response.headers[.retryAfter] == wait)
        #expect(text(response).hasPrefix(#"[["\#(status)","#))
        #expect(!text(response).contains("a test"))
    }

    @Test("another method is refused with those that there are, and another path in the API's form")
    func paths() async throws {
        let method = try await ledger.send(.delete)
        let path = try await ledger.send(.get, "/ledger/bakery/nothing")
        let foreign = try await ledger.send(.get, "/elsewhere")

        #expect(text(method) == #"[["405","This path allows GET, POST"]]"#)
        #expect(method.headers[.allow] == "GET, POST")
        #expect(text(path) == #"[["404","There is nothing at this path"]]"#)
        #expect(foreign.status == .notFound)
        #expect(!text(foreign).hasPrefix("[["))
    }

    @Test("a customer that calls too often learns when to come again; wrong credentials take nothing from it")
    func rate() async throws {
        var ledger = ledger
        ledger.requestsPerSecond = 2

        let statuses = try await ledger.session { caller in
            var statuses: [Int] = []
            for authorization in [nil, nil, Ledger.basic, Ledger.basic, Ledger.basic] {
                statuses.append(try await caller.send(.get, authorization: authorization).status.code)
            }
            return statuses
        }

        #expect(statuses == [401, 401, 200, 200, 429])
    }

    @Test("a repeat gets its first answer, something else under the same key is refused")
    func keys() async throws {
        let first = try await ledger.send(body: #"{"amount": 7}"#, key: "k")
        let second = try await ledger.send(body: #"{"amount": 7}"#, key: "k")
        let other = try await ledger.send(body: #"{"amount": 8}"#, key: "k")

        #expect(text(second) == text(first))
        #expect(second.status == .created)
        #expect(other.status == .conflict)
        #expect(ledger.book.sum == 7)
    }

    @Test("of repeats at the same time one is carried out")
    func together() async throws {
        let answers = try await ledger.session { caller in
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<8 {
                    group.addTask { String(buffer: try await caller.send(body: #"{"amount": 7}"#, key: "k").body) }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
        }

        #expect(answers == [#"{"amount":7}"#])
        #expect(ledger.book.sum == 7)
    }

    @Test("an API without such keys pays no attention to one")
    func withoutKeys() async throws {
        var ledger = ledger
        ledger.hasKeys = false

        for _ in 0..<2 { _ = try await ledger.send(body: #"{"amount": 7}"#, key: "k") }

        #expect(ledger.book.sum == 14)
    }

    @Test("a list reads alike whether it is short or long", arguments: [0, 1, 2, 3, 10])
    func lists(count: Int) async throws {
        let response = try await ledger.send(.get, "/ledger/bakery/rows?page_size=\(count)")

        let rows = (0..<count).map { #"{"amount":\#($0)}"# }.joined(separator: ",")
        #expect(text(response) == #"{"rows":[\#(rows)],"next":""}"#)
        #expect(response.headers[.contentType] == "application/json")
    }
}
