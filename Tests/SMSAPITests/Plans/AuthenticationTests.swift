import HTTPTypes
import HummingbirdTesting
import Testing

@Suite("Authentication")
struct AuthenticationTests {
    private let face = Face()
    private let path = "/xms/v1/shop/batches/01KN6MZ5G0BAKERY0000000001"

    @Test("a wrong token, no token and an unknown plan are answered alike")
    func alike() async throws {
        var answers: Set<String> = []
        for (path, token) in [
            (path, "wrong"), (path, nil), (path, ""), (path, Face.bareToken), (path, "shop-token x"),
            ("/xms/v1/other/batches/01KN6MZ5G0BAKERY0000000001", Face.token), ("/xms/v1/%zz/batches", Face.token),
        ] {
            let answer = try await face.send(.get, path, token: token)
            #expect(answer.status == .unauthorized)
            #expect(answer.headers[.wwwAuthenticate] == "Bearer")
            #expect(answer.headers[.contentType] == "application/json")
            answers.insert(answer.text)
        }
        #expect(answers.count == 1)
        #expect(answers.allSatisfy { !$0.lowercased().contains("expired") })
    }

    @Test("every token of the plan opens it", arguments: ["older-token", Face.token])
    func everyToken(token: String) async throws {
        #expect(try await face.send(.get, path, token: token).status == .notFound)
    }

    @Test("the request is not read before it is known whose it is")
    func firstOfAll() async throws {
        let answer = try await face.send(.post, "/xms/v1/shop/batches", token: "wrong", type: "text/html", body: "<")

        #expect(answer.status == .unauthorized)
    }

    @Test("what belongs to one plan is not there for another")
    func isolation() async throws {
        try await face.insertFinishedBatch()

        for rest in ["", "/delivery_report", "/delivery_report/12025550141"] {
            let own = try await face.send(.get, path + rest)
            let foreign = try await face.send(
                .get, "/xms/v1/bare/batches/01KN6MZ5G0BAKERY0000000001" + rest, token: Face.bareToken)
            #expect(own.status == .ok)
            #expect(foreign.status == .notFound)
        }
    }
}
