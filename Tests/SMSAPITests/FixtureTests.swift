import DescribedAPI
import Doubles
import Foundation
import GatewayCore
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
        let face = Face()
        try await face.insertFinishedBatch()
        try await face.insertFixtureInbounds()
        for request in exchange.before ?? [] {
            #expect((200...202).contains(try await face.send(request).status.code))
            face.clock.advance(by: .seconds(60))
        }

        let answer = try await face.send(exchange.request)

        #expect(answer.status.code == exchange.response.status, "\(answer.text)")
        guard let body = exchange.response.body else {
            #expect(answer.text.isEmpty)
            #expect(answer.headers[.contentType] == nil)
            return
        }
        #expect(answer.headers[.contentType] == "application/json")
        #expect(try answer.json == body, "\(answer.text)")
    }
}

/// A file of the folder.
private struct Exchange: Decodable {
    /// What has been sent a minute before each other, with success.
    let before: [Request]?
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
        /// Absent where the answer has none.
        let body: JSON?
    }

    init(file: String) throws {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/\(file)", withExtension: nil))
        self = try JSONDecoder().decode(Exchange.self, from: Data(contentsOf: url))
    }
}

extension Face {
    fileprivate func send(_ request: Exchange.Request) async throws -> TestResponse {
        try await send(
            try #require(HTTPRequest.Method(request.method)), request.path, token: request.token ?? Face.token,
            body: request.body.map { try $0.text })
    }

    /// The inbound messages that the files list: one with media, of which one item was lost, and one of text alone.
    fileprivate func insertFixtureInbounds() async throws {
        let received = Date(milliseconds: 1_775_120_400_000)
        try await store.insert(
            Inbound(
                id: try #require(ULID("01KN6MZ5G0BAKERY0000000011")), owner: .servicePlan("shop"), from: "12025550141",
                to: "12025550100", receivedAt: received, sentAt: received + .seconds(-2), reference: "easter-26",
                subject: "Re: Easter", text: "Like this?",
                media: [
                    Inbound.Medium(contentType: "image/jpeg", url: "https://mms.example/in/1.jpg"),
                    Inbound.Medium(contentType: "video/mp4", url: nil, code: 1),
                ]))
        try await store.insert(
            Inbound(
                id: try #require(ULID("01KN6MZ5G0BAKERY0000000012")), owner: .servicePlan("shop"), from: "12025550142",
                to: "40404", receivedAt: received + .milliseconds(500), text: "Yes"))
    }
}
