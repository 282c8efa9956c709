import Foundation
import GatewayCore
import HTTPServing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import IPRanges
import Logging
import MM7
import Media
import Telemetry

@testable import MM7Endpoint

/// What an MMSC gets for a post.
struct Reply: Sendable {
    var status: Int
    var headers: HTTPFields
    var body: String
}

/// The endpoint with the MMSCs `north` and `east`, which are alike.
struct TestEndpoint {
    var store = PostStore()
    var callback = CallbackAccess()
    var limits = MM7Endpoint.Limits(bodyBytes: 64 << 10)
    var strictness = Strictness.lenient
    var unknownRecipients = UnknownRecipients.refuse
    var unreadablePosts = UnreadablePosts.refuse
    var plans: [ServicePlan] = []
    var projects: [Project] = []
    var defaultSender: Originator?
    /// Media is kept here; nil: in a folder that is gone afterwards.
    var folder: String?
    var telemetry = Telemetry.none
    var logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    func post(
        _ body: [UInt8], to path: String = "/mm7/north", method: HTTPRequest.Method = .post,
        contentType: String? = "text/xml; charset=utf-8", authorization: String? = nil
    ) async throws -> Reply {
        try await serving { poster in
            try await poster.post(
                body, to: path, method: method, contentType: contentType, authorization: authorization)
        }
    }

    /// One endpoint for several posts.
    func serving<Result: Sendable>(_ test: @escaping @Sendable (Poster) async throws -> Result) async throws -> Result {
        try await made { endpoint, router in
            try await Application(router: router).test(.router) {
                try await test(Poster(client: $0, endpoint: endpoint))
            }
        }
    }

    /// One endpoint at a port of this machine, for a client of HTTP.
    func listening(_ test: @escaping @Sendable (_ url: String) async throws -> Void) async throws {
        try await made { _, router in
            try await Listener(host: "127.0.0.1", port: 0).serving(router) {
                try await test("http://127.0.0.1:\($0)/mm7/north")
            }
        }
    }

    private func made<Result: Sendable>(
        _ use: (MM7Endpoint, Router<PeerContext>) async throws -> Result
    ) async throws -> Result {
        let temporary = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: temporary) }
        let router = Router(context: PeerContext.self)
        let endpoint = MM7Endpoint(
            store: store, library: try MediaLibrary(dataDirectory: folder ?? temporary.path),
            directory: CurrentDirectory(
                Directory(servicePlans: plans, projects: projects, mmscs: [mmsc("north"), mmsc("east")])),
            clock: SteadyClock(), ids: ULIDGenerator(),
            limits: limits, unknownRecipients: unknownRecipients, unreadablePosts: unreadablePosts,
            telemetry: telemetry, logger: logger
        )
        endpoint.addRoutes(to: router)
        return try await use(endpoint, router)
    }

    func mmsc(_ name: String) -> MMSC {
        var mmsc = MMSC(name: name, url: "http://mmsc.invalid/mm7", profile: .standard, callback: callback)
        mmsc.strictness = strictness
        mmsc.defaultSender = defaultSender
        return mmsc
    }
}

/// An MMSC that posts.
struct Poster: Sendable {
    let client: any TestClientProtocol
    let endpoint: MM7Endpoint

    func post(
        _ body: [UInt8], to path: String = "/mm7/north", method: HTTPRequest.Method = .post,
        contentType: String? = "text/xml; charset=utf-8", authorization: String? = nil
    ) async throws -> Reply {
        var headers = HTTPFields()
        headers[.contentType] = contentType
        headers[.authorization] = authorization
        return try await client.execute(uri: path, method: method, headers: headers, body: ByteBuffer(bytes: body)) {
            Reply(status: $0.status.code, headers: $0.headers, body: String(buffer: $0.body))
        }
    }
}
