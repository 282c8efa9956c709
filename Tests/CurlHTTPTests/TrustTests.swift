import Foundation
import NIOSSL
import Testing
import Trust

@testable import CurlHTTP

/// Each request brings its own trust: the client itself believes the system's authorities alone.
@Suite("Trust by request", .timeLimit(.minutes(5)))
struct TrustTests {
    /// The public key of every server of the tests.
    private static let pin = "sha256//cR0HvV/SrmamdERmpqY4j2xB3pjwx2EfTbtdetEL8Ns="
    private static let otherPin = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

    private static func trust(_ change: (inout TLSTrust) -> Void = { _ in }) -> TLSTrust {
        var trust = TLSTrust()
        trust.authorityFile = TLSPeer.authority
        change(&trust)
        return trust
    }

    private static func request(_ port: Int, _ trust: TLSTrust?) -> HTTPRequest {
        HTTPRequest.post("https://localhost:\(port)/echo", "x").with { $0.trust = trust }
    }

    @Test("a file of authorities is believed, and a folder of them")
    func authorities() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // The name is the hash of the authority's subject, as `openssl rehash` finds it.
        try FileManager.default.copyItem(
            atPath: TLSPeer.authority, toPath: folder.appending(path: "774b5dcc.0").path)
        var byFolder = TLSTrust()
        byFolder.authorityFolder = folder.path

        try await TLSPeer.run(.http1) { [byFolder] port in
            try await withClient(trusting: nil) { client in
                for trust in [Self.trust(), byFolder] {
                    #expect(try await client.status(of: Self.request(port, trust)) == 200)
                }
                // Neither connection is used for a request that believes others.
                let failure = try await client.failure(of: Self.request(port, nil))
                #expect(failure.kind == .certificate)
                #expect(client.statistics.connectionsOpened >= 2)
            }
        }
    }

    @Test("a file of other authorities takes the place of the system's and is not enough here")
    func otherAuthority() async throws {
        let trust = Self.trust { $0.authorityFile = TLSPeer.file("foreign-authority") }
        try await TLSPeer.run(.http1) { port in
            try await withClient(trusting: nil) { client in
                let failure = try await client.failure(of: Self.request(port, trust))

                #expect(failure.kind == .certificate)
                #expect(failure.message.hasPrefix("the certificate of localhost was signed by an authority"))
            }
        }
    }

    @Test(
        "what is wrong with a certificate is said",
        arguments: [
            (TLSPeer.Certificate.expired, "the certificate of localhost or one that it was signed with has expired"),
            (.unborn, "is not valid yet"), (.selfSigned, "is self-signed"),
        ])
    func faults(certificate: TLSPeer.Certificate, words: String) async throws {
        try await TLSPeer.run(.http1, as: certificate) { port in
            try await withClient(trusting: nil) { client in
                let failure = try await client.failure(of: Self.request(port, Self.trust()))

                #expect(failure.kind == .certificate)
                #expect(!failure.requestMayHaveArrived)
                #expect(failure.message.contains(words))
            }
        }
    }

    @Test("a pinned key is taken among several, another one is not, whatever connection is open")
    func pins() async throws {
        let good = Self.trust { $0.pins = [Self.otherPin, Self.pin].compactMap(PublicKeyPin.init) }
        let bad = Self.trust { $0.pins = [Self.otherPin].compactMap(PublicKeyPin.init) }
        try await TLSPeer.run(.http1) { port in
            try await withClient(trusting: nil) { client in
                #expect(try await client.status(of: Self.request(port, good)) == 200)
                #expect(try await client.status(of: Self.request(port, good)) == 200)
                #expect(client.statistics.connectionsOpened == 1)

                let failure = try await client.failure(of: Self.request(port, bad))

                #expect(failure.kind == .certificate)
                #expect(failure.message == "the public key of localhost is none of the pinned ones")
                #expect(!failure.requestMayHaveArrived)
            }
        }
    }

    @Test("a peer of TLS 1.1 is not spoken with, one of 1.2 not where 1.3 is asked for")
    func versions() async throws {
        let newest = Self.trust { $0.minimumVersion = .tls13 }
        for (version, trust) in [(TLSVersion.tlsv11, Self.trust()), (.tlsv12, newest)] {
            try await TLSPeer.run(.http1) {
                $0.minimumTLSVersion = .tlsv1
                $0.maximumTLSVersion = version
            } _: { port in
                try await withClient(trusting: nil) { client in
                    let failure = try await client.failure(of: Self.request(port, trust))

                    #expect(failure.kind == .tls)
                    #expect(failure.message == "localhost speaks no version of TLS that is new enough")
                    #expect(!failure.requestMayHaveArrived)
                }
            }
        }
    }

    @Test("a connection of TLS 1.2 is not used for a request that asks for 1.3")
    func versionOfKeptConnection() async throws {
        try await TLSPeer.run(.http1) {
            $0.maximumTLSVersion = .tlsv12
        } _: { port in
            try await withClient(trusting: nil) { client in
                #expect(try await client.status(of: Self.request(port, Self.trust())) == 200)

                let failure = try await client.failure(
                    of: Self.request(port, Self.trust { $0.minimumVersion = .tls13 }))
                #expect(failure.kind == .tls)
            }
        }
    }

    @Test("a peer without TLS is named as one")
    func plain() async throws {
        let plain: ScriptedServer.Script = { $0.send("HTTP/1.1 400 Bad Request\r\n\r\n") }
        try await withPeer(script: plain) { server, client in
            let failure = try await client.failure(of: .post("https://127.0.0.1:\(server.port)/", "x"))

            #expect(failure.kind == .tls)
            #expect(failure.message == "127.0.0.1 does not speak TLS at this port")
        }
    }

    @Test("a text that is no pin", arguments: ["", "sha256//", "sha256//AAAA", "sha1//\(pin.dropFirst(8))", "\(pin)="])
    func noPins(text: String) {
        #expect(PublicKeyPin(text) == nil)
    }
}
