import CurlHTTP
import Foundation
import GatewayConfiguration
import GatewayCore
import MM7
import MockMMSC
import TestPeers
import Testing

@testable import Gateway

@Suite("A message that the MMSC does not simply take", .timeLimit(.minutes(5)))
struct UnwillingMMSCTests {
    @Test("a message that the MMSC refuses is not sent again")
    func refused() async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.faults.refuse = 1
        peer.faults.refusal = .addressError
        try await Line.run(mmsc: peer) { line in
            let batch = try await line.send(reporting: "per_recipient_final")

            let seen = try await line.customer.wait { $0.calls.count == 1 }

            #expect(seen.calls.first?.contains(#""code":402,"status":"Aborted""#) == true)
            #expect(try await line.status(in: batch) == "Aborted/402")
            #expect(line.mmsc.journal.counts.received == 1)
        }
    }

    @Test("a busy MMSC gets the message again until it takes it")
    func busy() async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.faults.refuse = 0.5
        try await Line.run(mmsc: peer) { line in
            _ = try await line.send(to: (0..<20).map { "155501000\(10 + $0)" }, reporting: "summary")

            let seen = try await line.customer.wait { $0.calls.count == 1 }

            #expect(seen.calls.first?.contains(#"{"code":0,"status":"Delivered","count":20}"#) == true)
            #expect(line.mmsc.journal.counts.refused > 0)
        }
    }

    @Test("a lost answer is followed by the same TransactionID, and the MMSC delivers once")
    func lostAnswer() async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.faults.drop = 0.5
        try await Line.run(mmsc: peer) { line in
            _ = try await line.send(to: (0..<20).map { "155501000\(10 + $0)" }, reporting: "summary")

            let seen = try await line.customer.wait { $0.calls.count == 1 }

            #expect(seen.calls.first?.contains(#"{"code":0,"status":"Delivered","count":20}"#) == true)
            let counts = line.mmsc.journal.counts
            #expect(counts.dropped > 0)
            #expect(counts.repeated > 0)
            #expect(Set(line.mmsc.journal.submissions.compactMap(\.messageID)).count == 20)
        }
    }

    @Test("an answer that stays away ends the message as unknown where the MMSC must not get it twice")
    func lostAnswerFails() async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.faults.drop = 1
        var north = MMSC.north
        north.onLostAnswer = .fail
        try await Line.run(mmsc: peer, north: north) { line in
            let batch = try await line.send(reporting: "per_recipient_final")

            try await line.customer.wait { $0.calls.count == 1 }

            #expect(try await line.status(in: batch) == "Unknown/0")
            #expect(line.mmsc.journal.counts.received == 1)
        }
    }

    @Test("a page with 502 may hide that it was taken: the same request goes again, to the same recipients")
    func badGateway() async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.faults.html = 0.5
        var north = MMSC.north
        north.recipientsPerRequest = 5
        // A run of pages is not to make it wait.
        north.breaker.failures = 100
        try await Line.run(mmsc: peer, north: north) { line in
            _ = try await line.send(to: (0..<50).map { "155501000\(10 + $0)" }, reporting: "summary")

            let seen = try await line.customer.wait { $0.calls.count == 1 }

            #expect(seen.calls.first?.contains(#"{"code":0,"status":"Delivered","count":50}"#) == true)
            let submissions = line.mmsc.journal.submissions
            #expect(submissions.count > 10)
            #expect(submissions.allSatisfy { $0.recipients.count == 5 })
            #expect(Set(submissions.map(\.transactionID)).count == 10)
        }
    }

    @Test("a page with 502 ends the message as unknown where the MMSC must not get it twice")
    func badGatewayFails() async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.faults.html = 1
        var north = MMSC.north
        north.onLostAnswer = .fail
        try await Line.run(mmsc: peer, north: north) { line in
            let batch = try await line.send(reporting: "per_recipient_final")

            try await line.customer.wait { $0.calls.count == 1 }

            #expect(try await line.status(in: batch) == "Unknown/0")
            #expect(line.mmsc.journal.counts.received == 1)
        }
    }
}
