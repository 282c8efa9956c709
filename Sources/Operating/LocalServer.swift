import Crypto
package import CurlHTTP
import FoundationEssentials
package import GatewayConfiguration
import HTTPServing
package import Trust

/// A server of the gateway of this machine, as the operator's commands call it: plainly, or over TLS with the key that
/// the configuration names and no other. Its certificate may be for another name, be signed by anyone, or have expired.
package struct LocalServer: Sendable {
    /// Without a slash at the end.
    package let url: String
    package let address: ListenAddress
    package let client: HTTPClient
    private var trust: TLSTrust?
    /// Whether callers have to show a certificate.
    private let asksForIdentity: Bool

    /// - Parameter identity: the client certificate that is shown where the server asks for one.
    /// - Throws: what is wrong with the certificate's file, or with libcurl.
    package init(_ address: ListenAddress, _ tls: Configuration.ServerTLS?, as identity: TLSTrust.Identity?) throws {
        var configuration = HTTPClient.Configuration()
        if let settings = tls?.settings {
            let hash = SHA256.hash(data: try settings.publicKey())
            configuration.verification = .key("sha256//" + Data(hash).base64EncodedString())
        }
        try self.init(address, tls, configuration)
        show(identity)
    }

    private init(
        _ address: ListenAddress, _ tls: Configuration.ServerTLS?, _ configuration: HTTPClient.Configuration
    ) throws {
        self.address = address
        url = address.localURL(isSecure: tls != nil)
        asksForIdentity = tls?.settings.clientCertificates == .required
        client = try HTTPClient(configuration)
    }

    /// One that is asked only whether it answers: it gets no secret and has to prove nothing. So a renewed certificate
    /// that the gateway has not taken does not look like a gateway that is down.
    package static func unverified(
        _ address: ListenAddress, _ tls: Configuration.ServerTLS?, as identity: TLSTrust.Identity?
    ) throws -> LocalServer {
        var configuration = HTTPClient.Configuration()
        configuration.verification = .nothing
        var server = try LocalServer(address, tls, configuration)
        server.show(identity)
        return server
    }

    private mutating func show(_ identity: TLSTrust.Identity?) {
        guard let identity else { return }
        trust = TLSTrust()
        trust?.identity = identity
    }

    /// - Parameter path: with a slash at its beginning.
    package func request(_ method: HTTPMethod, _ path: String) -> HTTPRequest {
        var request = HTTPRequest(method: method, url: url + path)
        request.trust = trust
        return request
    }

    /// Whether it failed because of the client certificate, or the want of one. A server that says so closes the connection
    /// at once, and what it said may be lost with that.
    package func refusesIdentity(_ failure: HTTPFailure) -> Bool {
        switch failure.kind {
        case .clientCertificate: true
        case .tls, .connectionLost: asksForIdentity
        default: false
        }
    }
}
