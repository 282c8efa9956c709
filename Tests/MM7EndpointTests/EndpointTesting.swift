import FoundationEssentials
import GatewayCore
import HTTPServing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import IPRanges
import Logging
import MM7
import MM7Endpoint

/// What an MMSC gets for a post.
struct Reply: Sendable {
    var status: Int
    var headers: HTTPFields
    var body: String
}

/// The endpoint with one MMSC, `north`.
struct TestEndpoint {
    var store = ReportStore()
    var callback = CallbackAccess()
    var bodyLimitBytes = 64 << 10
    var strictness = Strictness.lenient
    var logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    func post(
        _ body: [UInt8], to path: String = "/mm7/north", method: HTTPRequest.Method = .post,
        contentType: String? = "text/xml; charset=utf-8", authorization: String? = nil
    ) async throws -> Reply {
        var mmsc = MMSC(name: "north", url: "http://mmsc.invalid/mm7", profile: .standard, callback: callback)
        mmsc.strictness = strictness
        let router = Router(context: PeerContext.self)
        MM7Endpoint(
            store: store, directory: CurrentDirectory(Directory(mmscs: [mmsc])), bodyLimitBytes: bodyLimitBytes,
            logger: logger
        ).addRoutes(to: router)
        var headers = HTTPFields()
        headers[.contentType] = contentType
        headers[.authorization] = authorization
        let sent = headers
        return try await Application(router: router).test(.router) { client in
            try await client.execute(uri: path, method: method, headers: sent, body: ByteBuffer(bytes: body)) {
                Reply(status: $0.status.code, headers: $0.headers, body: String(buffer: $0.body))
            }
        }
    }
}
