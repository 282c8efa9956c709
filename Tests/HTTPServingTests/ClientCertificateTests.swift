import FoundationEssentials
import HTTPServing
import NIOSSL
import Testing

@Suite("Certificates of clients", .timeLimit(.minutes(5)))
struct ClientCertificateTests {
    private static func settings(
        _ mode: TLSSettings.ClientCertificates, of authority: String = "clients"
    ) -> TLSSettings {
        var settings = TLSFixture.settings()
        settings.clientCertificates = mode
        settings.clientCA = TLSFixture.path(authority)
        return settings
    }

    /// What a client is told of its certificate; empty where it gets no answer.
    private static func answer(at port: Int, as client: String?, to most: TLSVersion? = nil) async throws -> String {
        let (answers, answer) = AsyncStream<String>.makeStream()
        // A peer that is refused may find the connection closed before it has written its request.
        try? await RawConnection.open(to: port, by: try TLSFixture.client(to: most, as: client)) { connection in
            try await connection.send("GET /certified HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            answer.yield(try await connection.read())
        }
        answer.finish()
        for await text in answers { return text.split(separator: "\r\n").last.map(String.init) ?? "" }
        return ""
    }

    @Test("where one is required, only its authority's clients get an answer", arguments: [TLSVersion.tlsv12, .tlsv13])
    func required(version: TLSVersion) async throws {
        let (failures, failure) = AsyncStream<HandshakeFailure.Reason>.makeStream()
        let note: @Sendable (HandshakeFailure) -> Void = { failure.yield($0.reason) }
        try await LiveServer.run(
            identity: try TLSFixture.identity(Self.settings(.required)), onHandshakeFailure: note
        ) { port in
            let result = try await Self.answer(at: port, as: "client", to: version)
            #expect(result == #"{"isCertified":true}"#)
            let secondResult = try await Self.answer(at: port, as: "stranger", to: version)
            #expect(secondResult == "")
            let thirdResult = try await Self.answer(at: port, as: nil, to: version)
            #expect(thirdResult == "")
        }
        failure.finish()
        var reasons: [HandshakeFailure.Reason] = []
        for await reason in failures { reasons.append(reason) }
        #expect(reasons == [.badCertificate, .noCertificate])
    }

    @Test("where one is optional, routes learn whether there was one, and a stranger's is refused all the same")
    func optional() async throws {
        try await LiveServer.run(identity: try TLSFixture.identity(Self.settings(.optional))) { port in
            let result = try await Self.answer(at: port, as: "client")
            #expect(result == #"{"isCertified":true}"#)
            let secondResult = try await Self.answer(at: port, as: nil)
            #expect(secondResult == #"{"isCertified":false}"#)
            let thirdResult = try await Self.answer(at: port, as: "stranger")
            #expect(thirdResult == "")
        }
    }

    @Test("where none is asked for, one that is there is not looked at")
    func none() async throws {
        try await LiveServer.run(identity: try TLSFixture.identity()) { port in
            let result = try await Self.answer(at: port, as: "stranger")
            #expect(result == #"{"isCertified":false}"#)
        }
    }

    @Test("an authority that is replaced takes the clients with it that it let in")
    func replaced() async throws {
        let identity = try TLSFixture.identity(Self.settings(.required))
        try await LiveServer.run(identity: identity) { port in
            let result = try await Self.answer(at: port, as: "client")
            #expect(result == #"{"isCertified":true}"#)

            let new = try TLSMaterial(Self.settings(.required, of: "strangers"))
            #expect(identity.take(new, now: .now) == nil)

            let secondResult = try await Self.answer(at: port, as: "client")
            #expect(secondResult == "")
            let thirdResult = try await Self.answer(at: port, as: "stranger")
            #expect(thirdResult == #"{"isCertified":true}"#)
        }
    }
}
