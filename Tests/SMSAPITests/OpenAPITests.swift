import DescribedAPI
import Foundation
import GatewayCore
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

/// `schemas/openapi/sms.yaml` is what it says it is: what the API answers.
@Suite("The OpenAPI file")
struct OpenAPITests {
    private func file(_ described: DescribedFace = DescribedFace()) async throws -> OpenAPIFile {
        try OpenAPIFile(try await described.answer(.get, "/openapi/sms.yaml", authorization: nil).text)
    }

    @Test("is served as YAML to everybody")
    func served() async throws {
        let answer = try await DescribedFace().answer(.get, "/openapi/sms.yaml", authorization: nil, type: nil)

        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "application/yaml")
        #expect(answer.text.hasPrefix("openapi: 3.1.0\n"))
    }

    @Test("has every path of the router, and no other")
    func paths() async throws {
        let described = DescribedFace()
        let routes = try await described.router().routes.map { $0.path.description.withoutParameterNames }

        let written = try await file(described).paths.map(\.withoutParameterNames)

        #expect(Set(written) == Set(routes))
    }

    @Test("has every method of each path, and all others are answered 405")
    func methods() async throws {
        let described = DescribedFace()
        let operations = try await file(described).operations

        for (path, known) in Dictionary(grouping: operations, by: \.path) {
            for method in [HTTPRequest.Method.get, .post, .put, .delete, .patch] {
                let answer = try await described.answer(method, known[0].address(with: DescribedFace.path), type: nil)
                let isKnown = known.contains { $0.method == method }
                #expect((answer.status == .methodNotAllowed) == !isKnown, "\(method) \(path)")
            }
        }
    }

    @Test("its examples are answered with what they say, member by member and type by type")
    func examples() async throws {
        for operation in try await file().operations where operation.id != "getDescription" {
            if !operation.requests.isEmpty, !operation.answers.isEmpty {
                #expect(operation.requests.keys.sorted() == operation.answers.keys.sorted(), "\(operation.id)")
            }
            let names = operation.requests.isEmpty ? operation.answers.keys.sorted() : operation.requests.keys.sorted()
            for name in names.isEmpty ? [""] : names {
                let answer = try await self.answer(to: operation, example: operation.requests[name])

                #expect(answer.status.code == operation.success, "\(operation.id) \(name): \(answer.text)")
                guard let expected = operation.answers[name] else {
                    #expect(answer.text.isEmpty, "\(operation.id)")
                    continue
                }
                #expect(try answer.json.shape == expected.shape, "\(operation.id) \(name)")
            }
        }
    }

    @Test("its errors are answered word by word")
    func errors() async throws {
        let written = try await file().examples.filter(Self.isError)
        #expect(Set(written.keys) == Set(Mishap.all.keys))

        for (name, mishap) in Mishap.all {
            var described = DescribedFace()
            try await mishap.prepare(&described)
            let call = mishap.call
            let answer = try await described.answer(
                call.method, call.path, authorization: call.authorization, type: call.type, body: call.body,
                key: call.key, times: call.times)
            #expect(try answer.json == written[name], "\(name)")
            #expect(answer.status.code == mishap.status, "\(name)")
        }
    }

    private static func isError(_ name: String, _ value: JSON) -> Bool {
        (value["code"] != nil || value["error"] != nil) && value["status"] == nil
    }

    private func answer(to operation: OpenAPIFile.Operation, example: JSON?) async throws -> TestResponse {
        let described = DescribedFace()
        if operation.id != "sendBatch" { try await described.insertBatch(isFinished: operation.id.contains("Report")) }
        if operation.id != "createGroup" { try await described.insertGroup() }
        try await described.insertInbound()
        guard operation.id != "getAccessToken" else {
            let form = example?.members.map { "\($0.key)=\($0.value.string ?? "")" }.joined(separator: "&")
            return try await described.answer(
                operation.method, operation.address(with: DescribedFace.path), authorization: DescribedFace.basic,
                type: "application/x-www-form-urlencoded", body: form)
        }
        return try await described.answer(
            operation.method, operation.address(with: DescribedFace.path), body: example.map { try $0.text })
    }
}
