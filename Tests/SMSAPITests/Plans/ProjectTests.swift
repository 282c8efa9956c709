import DescribedAPI
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import OAuth
import Testing

@Suite("Access tokens of projects")
struct ProjectTests {
    private let face = Face()

    private func token(_ key: Project.AccessKey, of project: String) throws -> String {
        AccessToken(for: key, of: try #require(Face.customers.projects[project]), now: face.clock.now()).text
    }

    private func get(_ path: String, _ token: String?) async throws -> TestResponse {
        try await face.send(.get, "/xms/v1/\(path)", token: token)
    }

    @Test("a token of the token route opens the plan that names the project, under the project's id")
    func route() async throws {
        let batch = try await face.batch()
        let form = "grant_type=client_credentials&client_id=bakery-key&client_secret=bakery-secret"

        let answer = try await face.send(
            .post, "/oauth2/token", token: nil, type: "application/x-www-form-urlencoded", body: form)
        let token = try #require(try answer.json["access_token"]?.string)

        #expect(try await get("bakery/batches/\(batch.id)", token).json == batch)
        let sent = try await face.send(
            .post, "/xms/v1/bakery/batches", token: token, body: try Face.goodBody.text)
        #expect(sent.status == .created)
        #expect(try await face.batchCount == 2)
    }

    @Test("the plan's own token opens the plan's path alone, the access token the project's alone")
    func paths() async throws {
        let token = try token(Face.bakeryKey, of: "bakery")

        #expect(try await get("shop/batches", Face.token).status == .ok)
        #expect(try await get("bakery/batches", token).status == .ok)
        #expect(try await get("bakery/batches", Face.token).refusal == "401 unauthorized")
        #expect(try await get("shop/batches", token).refusal == "401 unauthorized")
        #expect(try await get("bare/batches", token).refusal == "401 unauthorized")
        #expect(try await get("lone/batches", token).refusal == "401 unauthorized")
    }

    @Test("a project that no plan names sends under its own id, as its app's sender, and no static token opens it")
    func lone() async throws {
        let token = try token(Face.loneKey, of: "lone")
        let body = try Face.goodBody.with(["from": nil]).text

        let answer = try await face.send(.post, "/xms/v1/lone/batches", token: token, body: body)

        #expect(answer.status == .created)
        #expect(try answer.json["from"] == "33155500111")
        #expect(try await get("lone/batches", token).json["count"] == 1)
        for wrong in ["", "lone", "lone-secret", Face.token] {
            #expect(try await get("lone/batches", wrong).refusal == "401 unauthorized")
        }
    }

    @Test("a token is good for an hour; then its client is told that it expired, once it has shown that it had one")
    func expired() async throws {
        let token = try token(Face.bakeryKey, of: "bakery")
        face.clock.advance(by: .seconds(3599))
        #expect(try await get("bakery/batches", token).status == .ok)

        face.clock.advance(by: .seconds(1))
        let expired = try await get("bakery/batches", token)
        let forged = try await get("bakery/batches", token + "0")

        #expect(expired.status == .unauthorized)
        #expect(expired.headers[.wwwAuthenticate]?.contains("expired") == true)
        #expect(expired.headers[.contentType] == "application/json")
        #expect(forged.headers[.wwwAuthenticate] == "Bearer")
    }

    @Test(
        "clients of static tokens never read the word expired", arguments: ["shop", "bakery", "lone", "nobody", "%20"])
    func never(plan: String) async throws {
        let foreign = try token(Face.loneKey, of: "bakery")
        face.clock.advance(by: .seconds(7200))
        for token in ["older", "shop~1~2~3", "bakery-key~1~x~y", foreign, Face.bareToken, "~~~", nil] {
            let answer = try await get("\(plan)/batches", token)

            #expect(answer.status == .unauthorized)
            #expect(answer.headers[.wwwAuthenticate] == "Bearer")
            #expect(!answer.text.contains("expired"))
        }
    }
}
