import Foundation
import GatewayCore
import MM7
import MockMMSC
import TestPeers
import Testing

@testable import Gateway

@Suite("The id of a request on its whole way", .timeLimit(.minutes(5)))
struct TraceLineTests {
    private static let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    private static let headers = [
        (name: "X-Request-Id", value: "order-4711"), (name: "traceparent", value: parent),
        (name: "tracestate", value: "vendor=1"),
    ]

    @Test("the customer's id and trace go to the MMSC and back to the webhook")
    func wholeWay() async throws {
        try await Line.run { line in
            _ = try await line.send(reporting: "per_recipient", headers: Self.headers)

            let seen = try await line.customer.wait { $0.calls.contains { $0.contains(#""status":"Delivered""#) } }

            let submission = try #require(line.mmsc.journal.submissions.first)
            #expect(submission.requestID == "order-4711")
            #expect(submission.traceParent == Self.parent)
            #expect(!seen.traces.isEmpty)
            #expect(seen.traces.allSatisfy { $0 == ("order-4711", Self.parent) })
        }
    }

    @Test("a request without an id has one of ours, and no trace where nobody traces")
    func ours() async throws {
        try await Line.run { line in
            _ = try await line.send(reporting: "per_recipient")

            let seen = try await line.customer.wait { $0.calls.contains { $0.contains(#""status":"Delivered""#) } }

            let id = try #require(line.mmsc.journal.submissions.first?.requestID)
            #expect(ULID(id) != nil)
            #expect(line.mmsc.journal.submissions.first?.traceParent == nil)
            #expect(seen.traces.allSatisfy { $0 == (id, nil) })
        }
    }

    @Test("a CancelReq has those of the messages that it takes back")
    func cancelled() async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.reportDelay = .seconds(600)
        try await Line.run(mmsc: peer) { line in
            let batch = try await line.send(headers: Self.headers)
            try await line.until(status: "Dispatched/401", of: batch)

            #expect(try await line.cancel(batch) == 200)
            try await line.mmsc.journal.wait { $0.cancelsAccepted == 1 }

            let withdrawal = try #require(line.mmsc.journal.withdrawals.first)
            #expect(withdrawal.requestID == "order-4711")
            #expect(withdrawal.traceParent == Self.parent)
        }
    }

    @Test("they are kept over a restart")
    func restart() async throws {
        try await withFolder { home in
            var unwilling = MockMMSC.Configuration.forTests
            unwilling.faults.refuse = 1
            try await Line.run(in: home, mmsc: unwilling) { line in
                _ = try await line.send(headers: Self.headers)
                try await line.mmsc.journal.wait { $0.received > 0 }
            }
            try await Line.run(in: home) { line in
                try await line.mmsc.journal.wait { $0.accepted == 1 }

                let submission = try #require(line.mmsc.journal.submissions.first)
                #expect(submission.requestID == "order-4711")
                #expect(submission.traceParent == Self.parent)
            }
        }
    }
}
