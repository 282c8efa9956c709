import Foundation
import HTTPServing
import Hummingbird
import HummingbirdCore
import HummingbirdHTTP2
import HummingbirdTLS
import Logging
import NIOCore
import NIOSSL

/// An HTTPS server on a port of the system's choice, for the length of a test. It echoes what is posted, and says by
/// which version.
enum TLSPeer {
    enum Version {
        case http1
        /// And HTTP/1.1 for clients that do not offer it.
        case http2
    }

    /// Whom the certificate names.
    enum Certificate: String {
        /// `localhost` and `127.0.0.1`.
        case server
        /// `stranger.example` and `other.example`.
        case stranger
        /// As `server`, until February 2025.
        case expired
        /// As `server`, from the year 2124 on.
        case unborn
        /// As `server`, signed by nobody else.
        case selfSigned = "self-signed"
    }

    /// The PEM file of the authority that signed the certificates, which no system trusts.
    static var authority: String { file("authority") }

    static func run(
        _ version: Version, as certificate: Certificate = .server,
        changing change: (inout TLSConfiguration) throws -> Void = { _ in },
        _ test: @escaping @Sendable (_ port: Int) async throws -> Void
    ) async throws {
        let (ports, bound) = AsyncStream<Int>.makeStream()
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(file(certificate.rawValue)).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: file("server-key"), format: .pem)))
        try change(&tls)
        let server: HTTPServerBuilder =
            switch version {
            case .http1: try .tls(.http1(), tlsConfiguration: tls)
            case .http2: try .http2Upgrade(tlsConfiguration: tls)
            }
        let application = Application(
            router: router(), server: server,
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { bound.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "peer") { _ in SwiftLogNoOpLogHandler() })
        try await withServices([application]) {
            for await port in ports { return try await test(port) }
        }
    }

    private static func router() -> Router<Context> {
        let router = Router(context: Context.self)
        router.post("echo") { request, context in
            let body = try await request.body.collect(upTo: 1 << 20)
            return "\(context.version) \(String(buffer: body))"
        }
        return router
    }

    private struct Context: RequestContext {
        var coreContext: CoreRequestContextStorage
        let version: Version

        init(source: ApplicationRequestContextSource) {
            coreContext = .init(source: source)
            // A stream of HTTP/2 is a channel of its own, below the connection's, which is below the listener's.
            version = source.channel.parent?.parent == nil ? .http1 : .http2
        }
    }

    static func file(_ name: String) -> String {
        Bundle.module.path(forResource: name, ofType: "pem", inDirectory: "Fixtures") ?? name
    }
}
