import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

/// Exchanges written down as files: a request, and the answer that a client of the documented API would accept.
@Suite("Exchanges on file")
struct FixtureTests {
    /// The folder's files by name.
    static let files: [String] = {
        let folder = Bundle.module.url(forResource: "Fixtures", withExtension: nil)
        let names = folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0.path) } ?? []
        return names.filter { $0.hasSuffix(".json") }.sorted()
    }()

    @Test("the files are found")
    func found() {
        #expect(Self.files.contains("send-minimal.json"))
    }

    @Test("the answer has every member of the file and no other", arguments: files)
    func answer(file: String) async throws {
        let exchange = try Exchange(file: file)
        let request = exchange.request
        let face = Face()
        try await face.insertFinishedBatch()

        let answer = try await face.send(
            try #require(HTTPRequest.Method(request.method)), request.path, token: request.token ?? Face.token,
            body: request.body.map { try $0.text })

        #expect(answer.status.code == exchange.response.status)
        #expect(answer.headers[.contentType] == "application/json")
        #expect(try answer.json == exchange.response.body)
    }

    private struct Exchange: Decodable {
        let request: Request
        let response: Response

        struct Request: Decodable {
            let method: String
            let path: String
            /// `shop`'s unless given.
            let token: String?
            let body: JSON?
        }

        struct Response: Decodable {
            let status: Int
            let body: JSON
        }

        init(file: String) throws {
            let url = try #require(Bundle.module.url(forResource: "Fixtures/\(file)", withExtension: nil))
            self = try JSONDecoder().decode(Exchange.self, from: Data(contentsOf: url))
        }
    }
}
