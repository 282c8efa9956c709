import Foundation
import GatewayConfiguration
import GatewayCore
import MockMMSC
import TestPeers
import Testing

@testable import Gateway

@Suite("Messages of an app that wait for an MMSC", .timeLimit(.minutes(5)))
struct AppQueueTests {
    private static let text = #"{"text_message":{"text":"Hello"}}"#

    /// An MMSC that takes its time, with one message at a time.
    private static func run(
        delay: Duration, change: @escaping @Sendable (inout Configuration) -> Void = { _ in },
        _ body: @escaping @Sendable (Line) async throws -> Void
    ) async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.faults.delay = delay
        var north = MMSC.north
        north.maxInFlight = 1
        try await Line.run(mmsc: peer, north: north, change: change) { line in
            line.openApp()
            try await body(line)
        }
    }

    @Test("HIGH_PRIORITY overtakes what waits")
    func priority() async throws {
        try await Self.run(delay: .milliseconds(200)) { line in
            for number in 0..<25 { _ = try await line.send(Self.text, to: "155501001\(10 + number)") }
            _ = try await line.send(Self.text, to: "15550109999", more: #","queue":"HIGH_PRIORITY""#)
            try await line.mmsc.journal.wait { $0.accepted == 26 }

            let order = line.mmsc.journal.submissions.flatMap(\.recipients)
            let place = try #require(order.firstIndex(of: "15550109999"))
            #expect(place < 20, "\(order)")
        }
    }

    @Test("as many as conversation.queue_limit may wait; more of that app are answered 429, and others are not")
    func limit() async throws {
        let limited: @Sendable (inout Configuration) -> Void = { $0.conversation.queueLimit = 3 }
        try await Self.run(delay: .seconds(1), change: limited) { line in
            var accepted = 0
            var refusal: [String: Any] = [:]
            while refusal.isEmpty, accepted < 20 {
                let (status, body) = try await line.trySending(Self.text)
                if status == 200 { accepted += 1 } else { refusal = body }
            }

            let error = refusal["error"] as? [String: Any]
            #expect(error?["code"] as? Int == 429)
            #expect(error?["status"] as? String == "RESOURCE_EXHAUSTED")
            #expect((3...5).contains(accepted))
            _ = try await line.send(media: nil)
            let wanted = accepted
            try await line.mmsc.journal.wait { $0.accepted > wanted }
            _ = try await line.send(Self.text)
        }
    }
}
