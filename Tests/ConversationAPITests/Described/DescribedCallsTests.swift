import DescribedAPI
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import ConversationAPI

/// The files are what they say they are: what the APIs answer.
@Suite("What the OpenAPI files say is answered")
struct DescribedCallsTests {
    @Test("a file is served as YAML to everybody", arguments: DescribedFile.allCases)
    func served(_ file: DescribedFile) async throws {
        let answer = try await DescribedFace(file).answer(
            .init(method: .get, path: "/openapi/\(file.rawValue)", authorization: nil, type: nil))

        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "application/yaml")
        #expect(answer.text.hasPrefix("openapi: 3.1.0\n"))
    }

    @Test("it has every path of the router, and no other", arguments: DescribedFile.allCases)
    func paths(_ file: DescribedFile) async throws {
        let routes = try await DescribedFace(file).router(of: file).routes.map(\.path.description.withoutParameterNames)

        let written = Set(try file.content.paths.map(\.withoutParameterNames))
        // A colon may be written as its octet too.
        #expect(written.symmetricDifference(routes.filter { !$0.contains("%3") }) == [])
    }

    @Test(
        "it has every method of each path, and all others are answered with those that there are",
        arguments: DescribedFile.allCases)
    func methods(_ file: DescribedFile) async throws {
        let face = DescribedFace(file)
        for (path, known) in Dictionary(grouping: try file.content.operations, by: \.path) {
            for method in [HTTPRequest.Method.get, .post, .put, .delete, .patch] {
                let answer = try await face.answer(.init(method: method, path: known[0].address(), type: nil))
                let isKnown = known.contains { $0.method == method }
                #expect((answer.headers[.allow] == nil) == isKnown, "\(method) \(path)")
            }
        }
    }

    @Test(
        "its examples are answered with what they say, member by member and type by type",
        arguments: DescribedFile.allCases)
    func examples(_ file: DescribedFile) async throws {
        for operation in try file.content.operations where operation.id != "getDescription" {
            let names = operation.requests.isEmpty ? operation.answers.keys.sorted() : operation.requests.keys.sorted()
            for name in names.isEmpty ? [""] : names {
                let answer = try await self.answer(to: operation, of: file, example: operation.requests[name])
                guard operation.success > 0 else {
                    #expect(operation.errors.contains(Int(answer.status.code)), "\(operation.id): \(answer.text)")
                    continue
                }

                #expect(Int(answer.status.code) == operation.success, "\(operation.id) \(name): \(answer.text)")
                let written = try #require(operation.answers[name])
                let isAsWritten = try JSON(answer.text).contains(shapeOf: written)
                #expect(isAsWritten, "\(operation.id) \(name): \(answer.text)")
            }
        }
    }

    @Test("its errors are answered word by word", arguments: DescribedFile.allCases)
    func errors(_ file: DescribedFile) async throws {
        let written = try file.content.examples.filter { $0.value["error"] != nil }
        let mishaps = Mishap.all(of: file)
        #expect(written.keys.sorted() == mishaps.keys.sorted())

        for (name, mishap) in mishaps {
            var face = DescribedFace(file)
            try await mishap.prepare(&face)
            let answer = try await face.answer(mishap.call)
            #expect(Int(answer.status.code) == mishap.status, "\(name)")
            let expected = face.real(String(decoding: try JSONEncoder().encode(written[name]), as: UTF8.self))
            #expect(try JSON(answer.text) == JSON(expected), "\(name): \(answer.text)")
        }
    }

    private func answer(
        to operation: OpenAPIFile.Operation, of file: DescribedFile, example: JSON?
    ) async throws -> TestResponse {
        var face = DescribedFace(file)
        guard operation.id != "getAccessToken" else {
            let form = example?.members.map { "\($0.key)=\($0.value.string ?? "")" }.joined(separator: "&")
            return try await face.answer(
                .init(path: operation.address(), type: "application/x-www-form-urlencoded", body: form))
        }
        try await face.make(Self.needs(of: operation.id))
        let body = try example.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
        return try await face.answer(.init(method: operation.method, path: operation.address(), body: body))
    }

    /// What has to be there before; what a call makes, and what would be in its way, is not.
    private static func needs(of operation: String) -> [DescribedFace.Thing] {
        switch operation {
        case "createWebhook", "createContact", "createContacts": [.app]
        case "createConversation": [.app, .contact]
        default: DescribedFace.Thing.allCases
        }
    }
}
