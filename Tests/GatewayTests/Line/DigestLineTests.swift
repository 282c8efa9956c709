import CurlHTTP
import GatewayCore
import MockMMSC
import TestPeers
import Testing

@testable import Gateway

@Suite("An MMSC that wants HTTP Digest", .timeLimit(.minutes(5)))
struct DigestLineTests {
    private static func north(_ password: String) -> MMSC {
        var north = MMSC.north
        north.login = MMSC.Login(username: "vasp", password: Secret(password))
        north.authentication = .digest
        north.maxInFlight = 4
        return north
    }

    private static var peer: MockMMSC.Configuration {
        var peer = MockMMSC.Configuration.forTests
        peer.login = BasicCredentials(username: "vasp", password: "open sesame")
        peer.authentication = .digest
        return peer
    }

    @Test("messages go out, and challenges are asked for once for each that is under way")
    func delivered() async throws {
        try await Line.run(mmsc: Self.peer, north: Self.north("open sesame")) { line in
            _ = try await line.send(to: (0..<20).map { "155501000\(10 + $0)" }, reporting: "summary")

            let seen = try await line.customer.wait { $0.calls.count == 1 }

            #expect(seen.calls.first?.contains(#"{"code":0,"status":"Delivered","count":20}"#) == true)
            #expect(line.mmsc.journal.counts.accepted == 20)
            #expect((1...4).contains(line.mmsc.journal.counts.unauthorized))
        }
    }

    @Test("an answer that is lost is one to the message, and the same request goes again")
    func lostAnswers() async throws {
        var peer = Self.peer
        peer.faults.drop = 0.5
        try await Line.run(mmsc: peer, north: Self.north("open sesame")) { line in
            _ = try await line.send(to: (0..<20).map { "155501000\(10 + $0)" }, reporting: "summary")

            let seen = try await line.customer.wait { $0.calls.count == 1 }

            #expect(seen.calls.first?.contains(#"{"code":0,"status":"Delivered","count":20}"#) == true)
            #expect(line.mmsc.journal.counts.dropped > 0)
            #expect(Set(line.mmsc.journal.submissions.compactMap(\.messageID)).count == 20)
        }
    }

    @Test("a wrong password stops the MMSC, and the message waits")
    func wrongPassword() async throws {
        var north = Self.north("wrong")
        north.breaker.refusals = 1
        try await Line.run(mmsc: Self.peer, north: north) { line in
            let batch = try await line.send()

            while try await !line.readiness().contains("stopped") { try Task.checkCancellation() }

            #expect(try await line.status(in: batch) == "Queued/400")
            #expect(line.mmsc.journal.counts.accepted == 0)
        }
    }
}
