import NIOSSL
import Testing
import Trust

@testable import CurlHTTP

/// Peers that ask who we are, in TLS 1.2, where they say so within the handshake, and in TLS 1.3, where they say so when
/// the request is on its way.
@Suite("Client certificates", .timeLimit(.minutes(5)))
struct ClientCertificateTests {
    private static func trust(
        _ certificate: String? = "client", _ key: String = "client-key", passphrase: String? = nil
    ) -> TLSTrust {
        var trust = TLSTrust()
        trust.authorityFile = TLSPeer.authority
        trust.identity = certificate.map {
            .init(certificateFile: TLSPeer.file($0), keyFile: TLSPeer.file(key), passphrase: passphrase)
        }
        return trust
    }

    private static func request(_ port: Int, _ trust: TLSTrust, body: String = "x") -> HTTPRequest {
        HTTPRequest.post("https://localhost:\(port)/echo", body).with { $0.trust = trust }
    }

    private static func withDemandingPeer(
        _ version: TLSVersion, _ test: @escaping @Sendable (Int, HTTPClient) async throws -> Void
    ) async throws {
        try await TLSPeer.run(.http2) {
            $0.maximumTLSVersion = version
            $0.certificateVerification = .noHostnameVerification
            $0.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(TLSPeer.authority))
        } _: { port in
            try await withClient(trusting: nil) { try await test(port, $0) }
        }
    }

    /// With TLS 1.3 the peer's alert can be lost with the connection, which it closes with our request unread. Then it
    /// is a connection that was lost, and nobody can say more.
    private static func hasSeenAlert(_ failure: HTTPFailure) -> Bool { failure.kind != .connectionLost }

    @Test("the right one opens the peer, its key encrypted or not", arguments: [TLSVersion.tlsv12, .tlsv13])
    func given(version: TLSVersion) async throws {
        try await Self.withDemandingPeer(version) { port, client in
            for trust in [Self.trust(), Self.trust("client", "client-key-encrypted", passphrase: "open sesame")] {
                let status = try await client.status(of: Self.request(port, trust))
                #expect(status == 200)
            }
        }
    }

    @Test(
        "without one, nothing has been sent as far as the peer is concerned", arguments: [TLSVersion.tlsv12, .tlsv13])
    func missing(version: TLSVersion) async throws {
        try await Self.withDemandingPeer(version) { port, client in
            let failure = try await client.failure(of: Self.request(port, Self.trust(nil)))

            guard version == .tlsv13 else {
                #expect([.clientCertificate, .tls].contains(failure.kind))
                #expect(!failure.requestMayHaveArrived)
                return
            }
            guard Self.hasSeenAlert(failure) else { return }
            #expect(failure.message == "localhost asks for a client certificate and none is configured")
            #expect(!failure.requestMayHaveArrived)
        }
    }

    @Test(
        "one that the peer does not accept is named, and nothing has been sent",
        arguments: [TLSVersion.tlsv12, .tlsv13],
        [("foreign-client", "foreign-client-key"), ("client-expired", "client-key")])
    func wrong(version: TLSVersion, identity: (String, String)) async throws {
        try await Self.withDemandingPeer(version) { port, client in
            let failure = try await client.failure(of: Self.request(port, Self.trust(identity.0, identity.1)))

            guard version == .tlsv12 || Self.hasSeenAlert(failure) else { return }
            #expect(failure.kind == .clientCertificate)
            #expect(failure.message.hasPrefix("localhost refused the client certificate: "))
            #expect(!failure.requestMayHaveArrived)
        }
    }

    @Test("a connection that one certificate has opened is used for no other, nor without one")
    func separate() async throws {
        try await Self.withDemandingPeer(.tlsv13) { port, client in
            for _ in 1...2 { #expect(try await client.status(of: Self.request(port, Self.trust())) == 200) }
            #expect(client.statistics.connectionsOpened == 1)

            for other in [Self.trust(nil), Self.trust("foreign-client", "foreign-client-key")] {
                let failure = try await client.failure(of: Self.request(port, other))
                #expect(failure.kind == .clientCertificate || !Self.hasSeenAlert(failure))
            }

            #expect(client.statistics.connectionsOpened >= 3)
        }
    }

    @Test("files that cannot be used are named, and nothing is sent")
    func unusable() async throws {
        try await Self.withDemandingPeer(.tlsv13) { port, client in
            for trust in [Self.trust("client", "foreign-client-key"), Self.trust("no-such-file")] {
                let failure = try await client.failure(of: Self.request(port, trust))
                #expect(failure.kind == .clientCertificate)
                #expect(!failure.requestMayHaveArrived)
            }
        }
    }

    @Test("what may open a key is not shown")
    func masked() {
        let trust = Self.trust(passphrase: "open sesame")

        #expect(!"\(trust)".contains("sesame"))
        #expect(!String(reflecting: trust).contains("sesame"))
    }
}
