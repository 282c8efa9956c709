import CurlHTTP
import Foundation
import GatewayConfiguration
import GatewayCore
import MM7
import MockMMSC
import TestPeers
import Testing

@testable import Gateway

@Suite("A batch that is cancelled after the MMSC took it", .timeLimit(.minutes(5)))
struct CancelTests {
    /// Reports so late that a CancelReq always comes before.
    private static var slow: MockMMSC.Configuration {
        var peer = MockMMSC.Configuration.forTests
        peer.reportDelay = .seconds(600)
        return peer
    }

    private static let summary =
        #""total_message_count":1,"statuses":[{"code":407,"status":"Cancelled","count":1}]"#

    @Test("the MMSC takes it back, and the customer is notified")
    func takenBack() async throws {
        try await Line.run(mmsc: Self.slow) { line in
            let batch = try await line.send(reporting: "summary")
            try await line.until(status: "Dispatched/401", of: batch)

            #expect(try await line.cancel(batch) == 200)

            let seen = try await line.customer.wait { $0.calls.count == 1 }
            #expect(seen.calls[0].contains(Self.summary), "\(seen.calls)")
            #expect(try await line.status(in: batch) == "Cancelled/407")
            #expect(line.mmsc.journal.counts.cancelsAccepted == 1)
            let metrics = try await line.metrics()
            #expect(metrics.contains(#"mm7_cancellations_total{mmsc="north",outcome="cancelled"} 1"#))
        }
    }

    @Test("a report that says Cancelled as well changes nothing, and several of one MessageID go by one CancelReq")
    func together() async throws {
        var peer = Self.slow
        peer.reportsCancelled = true
        var north = MMSC.north
        north.recipientsPerRequest = 20
        try await Line.run(mmsc: peer, north: north) { line in
            let numbers = (1...10).map { "1555010\(1000 + $0)" }
            let batch = try await line.send(to: numbers, reporting: "summary")
            _ = try await line.mmsc.journal.wait { $0.accepted == 1 }
            while try await line.status(of: numbers[9], in: batch) != "Dispatched/401" { try Task.checkCancellation() }

            _ = try await line.cancel(batch)

            let seen = try await line.customer.wait { $0.calls.count == 1 }
            #expect(seen.calls[0].contains(#"{"code":407,"status":"Cancelled","count":10}"#), "\(seen.calls)")
            let counts = try await line.mmsc.journal.wait { $0.reportsAnswered == 10 }
            #expect(counts.cancelsReceived == 1 && counts.cancelsAccepted == 1)
        }
    }

    @Test("an MMSC that is shaken is asked again")
    func again() async throws {
        var peer = Self.slow
        peer.faults.drop = 0.5
        try await Line.run(mmsc: peer) { line in
            let numbers = (1...8).map { "1555010\(1000 + $0)" }
            let batch = try await line.send(to: numbers, reporting: "summary")
            for number in numbers {
                while try await line.status(of: number, in: batch) != "Dispatched/401" { try Task.checkCancellation() }
            }

            _ = try await line.cancel(batch)

            // One whose every answer is dropped stays with its report, so not all of them need to end.
            let counts = try await line.mmsc.journal.wait { $0.cancelsReceived > 8 }
            #expect(counts.cancelsAccepted > 0)
        }
    }

    @Test("draining, an MMSC still gives back what it has")
    func draining() async throws {
        try await Line.run(mmsc: Self.slow) { line in
            let batch = try await line.send(reporting: "summary")
            try await line.until(status: "Dispatched/401", of: batch)
            var north = try #require(line.gateway.directory.now.mmscs["north"])
            north.isDraining = true
            line.gateway.directory.replace(with: .forTests(north))

            _ = try await line.cancel(batch)

            try await line.until(status: "Cancelled/407", of: batch)
        }
    }

    @Test("one that takes no CancelReq gets none, and its report decides")
    func unsupported() async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.reportDelay = .seconds(2)
        var north = MMSC.north
        north.profile = .sinch
        try await Line.run(mmsc: peer, north: north) { line in
            let batch = try await line.send(reporting: "summary")
            try await line.until(status: "Dispatched/401", of: batch)

            #expect(try await line.cancel(batch) == 200)

            try await line.until(status: "Delivered/0", of: batch)
            let counts = line.mmsc.journal.counts
            #expect(counts.cancelsReceived == 0 && counts.cancelViolations == 0 && counts.violations == 0)
        }
    }
}

extension Line {
    /// Cancels a batch and returns the HTTP status.
    func cancel(_ batch: String) async throws -> Int {
        var request = HTTPRequest(
            method: .delete, url: "http://127.0.0.1:\(ports.customers)/xms/v1/plan1/batches/\(batch)")
        request.headers = ["Authorization": "Bearer \(Line.token)"]
        return try await client.send(request).status
    }
}
