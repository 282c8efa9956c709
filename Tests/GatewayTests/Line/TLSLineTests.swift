import Doubles
import GatewayConfiguration
import GatewayCore
import HTTPServing
import Logging
import MockMMSC
import TestPeers
import Testing
import Trust

@testable import Gateway

@Suite("An MMSC that is spoken with over TLS", .timeLimit(.minutes(5)))
struct TLSLineTests {
    private static func north(_ trust: TLSTrust) -> MMSC {
        var north = MMSC.north
        north.trust = trust
        north.breaker.failures = 1
        north.breaker.firstPause = .milliseconds(20)
        north.breaker.lastPause = .milliseconds(20)
        return north
    }

    /// How the gateway is set up against the MMSC, and what its log says.
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var certificate = "server"
        var trust = TLSFiles.trust()
        let words: String
    }

    @Test("messages go out with a client certificate to a pinned key, and reports come back in the same way")
    func delivered() async throws {
        var peer = MockMMSC.Configuration.overTLS()
        peer.callbackTrust = TLSFiles.trust()
        let settings = TLSFiles.server()
        let material = try TLSMaterial(settings)
        let change: @Sendable (inout Configuration) -> Void = {
            $0.mm7.tls = .init(settings: settings, material: material)
        }
        try await Line.run(mmsc: peer, north: Self.north(TLSFiles.trust()), change: change) { line in
            _ = try await line.send(to: (0..<20).map { "155501000\(10 + $0)" }, reporting: "summary")

            let seen = try await line.customer.wait { $0.calls.count == 1 }

            #expect(seen.calls.first?.contains(#"{"code":0,"status":"Delivered","count":20}"#) == true)
            #expect(line.mmsc.journal.counts.accepted == 20)
            #expect(line.mmsc.journal.counts.reportsAnswered == 20)
        }
    }

    @Test(
        "a certificate that is not believed stops the MMSC, which is said with the reason, and the message waits",
        arguments: [
            Fault(
                testDescription: "another name", certificate: "stranger",
                words: "the certificate of 127.0.0.1 is for stranger.example, other.example and not for it"),
            Fault(
                testDescription: "expired", certificate: "expired",
                words: "the certificate of 127.0.0.1 or one that it was signed with has expired"),
            Fault(
                testDescription: "unknown authority",
                trust: TLSFiles.trust { $0.authorityFile = TLSFiles.path("foreign-authority") },
                words: "the certificate of 127.0.0.1 was signed by an authority that is not trusted"),
            Fault(
                testDescription: "another key",
                trust: TLSFiles.trust { $0.pins = [TLSFiles.otherPin].compactMap(PublicKeyPin.init) },
                words: "the public key of 127.0.0.1 is none of the pinned ones"),
        ])
    func unbelieved(_ fault: Fault) async throws {
        try await waits(fault)
    }

    @Test(
        "a client certificate that the MMSC does not accept stops it, which is said with the reason",
        arguments: [
            Fault(
                testDescription: "of another authority",
                trust: TLSFiles.trust {
                    $0.identity = .init(
                        certificateFile: TLSFiles.path("foreign-client"), keyFile: TLSFiles.path("foreign-client-key"))
                },
                words: "127.0.0.1 refused the client certificate: "),
            Fault(
                testDescription: "expired",
                trust: TLSFiles.trust {
                    $0.identity = .init(
                        certificateFile: TLSFiles.path("client-expired"), keyFile: TLSFiles.path("client-key"))
                },
                words: "127.0.0.1 refused the client certificate: "),
        ])
    func unaccepted(_ fault: Fault) async throws {
        try await waits(fault)
    }

    /// The refusal comes in place of the answer, and may be lost with the connection: then nobody can say why it ended.
    @Test("a client certificate that is refused after the handshake, as in TLS 1.3, loses no message either")
    func refusedLater() async throws {
        var trust = TLSFiles.trust()
        trust.identity = nil
        let fault = Fault(testDescription: "none", trust: trust, words: "A SubmitReq failed")
        try await waits(fault, isOfTLS12: false)
    }

    /// The message waits as long as the fault lasts, and goes out once when it is mended.
    private func waits(_ fault: Fault, isOfTLS12: Bool = true) async throws {
        let lines = LogLines(from: .info)
        var peer = MockMMSC.Configuration.overTLS(as: fault.certificate)
        peer.isOfTLS12 = isOfTLS12
        try await Line.run(mmsc: peer, north: Self.north(fault.trust), logger: lines.logger) { line in
            let batch = try await line.send()

            while !lines.texts.contains(where: { $0.contains(fault.words) }) { _ = try await line.status(in: batch) }

            #expect(try await line.status(in: batch) == "Queued/400")
            #expect(line.mmsc.journal.counts.received == 0)
            guard fault.certificate == "server" else { return }

            var north = Self.north(TLSFiles.trust())
            north.url = line.mmscURL
            line.gateway.directory.replace(with: .forTests(north))
            try await line.until(status: "Delivered/0", of: batch)
            #expect(line.mmsc.journal.counts.accepted == 1)
        }
    }
}
