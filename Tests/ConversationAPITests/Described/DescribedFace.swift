import DescribedAPI
import Foundation
import GatewayCore
import HTTPServing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import OAuth
import Testing

@testable import ConversationAPI

/// The API of a file over what its examples speak of. Whatever has an id there was made by calls, and has another id
/// here, which takes the place of the first in paths, bodies and answers.
struct DescribedFace {
    let file: DescribedFile
    var face = Face()
    private var ids: [String: String] = [:]

    /// When the examples happen.
    static let now = Date(milliseconds: 1_773_064_800_042)
    static let basic = "Basic " + Data("bakery-key:bakery-secret".utf8).base64EncodedString()

    init(_ file: DescribedFile) {
        self.file = file
        face.clock.advance(by: .milliseconds(Self.now.milliseconds - Face.now.milliseconds))
    }

    func router(of file: DescribedFile) async throws -> Router<PeerContext> {
        let router = Router(context: PeerContext.self)
        let api = try await face.api
        switch file {
        case .conversation: api.addRoutes(to: router)
        case .batch: BatchAPI(beside: api).addRoutes(to: router)
        }
        TokenRoute(directory: face.directory, clock: face.clock).addRoutes(to: router)
        return router
    }

    struct Call: Sendable {
        var method = HTTPRequest.Method.post
        var path: String
        var authorization: String? = DescribedFace.basic
        var type: String? = "application/json"
        var body: String?
        var key: String?
        /// How often it is made; the last answer counts.
        var times = 1

        /// Below the project.
        static func project(_ path: String, _ method: HTTPRequest.Method = .post, body: String? = nil) -> Call {
            Call(method: method, path: "/v1/projects/\(Bakery.project)/\(path)", body: body)
        }
    }

    func answer(_ call: Call) async throws -> TestResponse {
        try await answer(call, of: file)
    }

    private func answer(_ call: Call, of file: DescribedFile) async throws -> TestResponse {
        let app = Listener(host: "127.0.0.1", port: 0).application(
            for: try await router(of: file), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        var headers = HTTPFields()
        headers[.authorization] = call.authorization
        headers[.contentType] = call.type
        if let key = call.key, let name = HTTPField.Name("Idempotency-Key") { headers[name] = key }
        let (path, body) = (real(call.path), call.body.map { ByteBuffer(string: real($0)) })
        return try await app.test(.router) { [headers] client in
            for _ in 1..<call.times { _ = try await client.execute(uri: path, method: call.method, headers: headers) }
            return try await client.execute(uri: path, method: call.method, headers: headers, body: body)
        }
    }

    /// A text with the ids of here in place of those of the examples.
    func real(_ text: String) -> String {
        ids.reduce(text) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
    }
}

/// What can be made, in the order in which each needs those before.
extension DescribedFace {
    enum Thing: String, CaseIterable {
        case app = "01KN6MZ5G0BAKERYAPP0000001"
        case webhook = "01KN6MZ5G0H00K000000000001"
        case contact = "01KN6MZ5G0EATER00000000001"
        /// With a number of the first.
        case otherContact = "01KN6MZ5G0EATER00000000002"
        case conversation = "01KN6MZ5G0TA1K000000000001"
        case message = "01KN6MZ5G0BREAD00000000001"
        case batch = "01KN6MZ5G0BATCH00000000001"

        fileprivate var path: String {
            switch self {
            case .app: "apps"
            case .webhook: "webhooks"
            case .contact, .otherContact: "contacts"
            case .conversation: "conversations"
            case .message: "messages:send"
            case .batch: "messages"
            }
        }

        fileprivate func body() throws -> String {
            let file = DescribedFile.conversation
            return switch self {
            case .app: try file.example("AppRequest")
            case .webhook: try file.example("WebhookRequest")
            case .contact: try file.example("ContactRequest")
            case .otherContact:
                #"{"channel_identities": [{"channel": "SMS", "identity": "12025550117"}], "language": "SV"}"#
            case .conversation: try file.example("ConversationRequest")
            case .message: try file.example("TextRequest")
            case .batch: try DescribedFile.batch.example("BatchRequest")
            }
        }
    }

    /// Makes them with the requests that the files have as examples.
    mutating func make(_ things: [Thing]) async throws {
        for thing in things {
            let answer = try await answer(
                .project(thing.path, body: try thing.body()), of: thing == .batch ? .batch : .conversation)
            guard answer.status == .ok else { throw Unprepared("\(thing): \(answer.text)") }
            let made = try JSON(answer.text)
            ids[thing.rawValue] = try #require((made["id"] ?? made["message_id"] ?? made["batch_id"])?.string)
        }
    }
}
