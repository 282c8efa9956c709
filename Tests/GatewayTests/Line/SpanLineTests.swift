import CurlHTTP
import Foundation
import GatewayConfiguration
import GatewayCore
import HTTPServing
import Hummingbird
import MM7
import MockMMSC
import Synchronization
import TestPeers
import Testing

@testable import Gateway

@Suite("The spans of a message", .timeLimit(.minutes(5)))
struct SpanLineTests {
    /// A collector that keeps the spans it gets.
    private final class Collector: Sendable {
        struct Span: Decodable, Sendable {
            struct Attribute: Decodable, Sendable {
                struct Value: Decodable, Sendable {
                    var stringValue: String?
                    var intValue: String?
                }

                var key: String
                var value: Value
            }

            var traceId: String
            var spanId: String
            var parentSpanId: String?
            var name: String
            var kind: Int
            var attributes: [Attribute]

            subscript(_ key: String) -> String? {
                attributes.first { $0.key == key }.flatMap { $0.value.stringValue ?? $0.value.intValue }
            }
        }

        private struct Body: Decodable {
            struct Resource: Decodable { var scopeSpans: [Scope] }
            struct Scope: Decodable { var spans: [Span] }

            var resourceSpans: [Resource]
        }

        private let state = Mutex((spans: [Span](), text: ""))

        var spans: [Span] { state.withLock { $0.spans } }
        var text: String { state.withLock { $0.text } }

        func serving(_ body: @escaping @Sendable (String) async throws -> Void) async throws {
            let router = Router(context: PeerContext.self)
            router.post("v1/traces") { [self] request, _ in
                let bytes = try await request.bytes(upTo: 1 << 22)
                let spans = try JSONDecoder().decode(Body.self, from: Data(bytes)).resourceSpans
                    .flatMap(\.scopeSpans).flatMap(\.spans)
                state.withLock { state in
                    state.spans += spans
                    state.text += String(decoding: bytes, as: UTF8.self)
                }
                return Response(json: [String: String]())
            }
            try await Listener(host: "127.0.0.1", port: 0).serving(router) { port in
                try await body("http://127.0.0.1:\(port)/v1/traces")
            }
        }
    }

    private static let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    /// Sends a batch, before and after a restart of the gateway, until its customer has heard of its delivery.
    private func spans(traceParent: String?) async throws -> Collector {
        let collector = Collector()
        try await collector.serving { endpoint in
            try await withFolder { home in
                var unwilling = MockMMSC.Configuration.forTests
                unwilling.faults.refuse = 1
                try await Line.run(in: home, mmsc: unwilling) { configuration in
                    configuration.tracing.endpoint = endpoint
                } _: { line in
                    let headers = traceParent.map { [(name: "traceparent", value: $0)] } ?? []
                    _ = try await line.send(message: "Confidential", reporting: "per_recipient", headers: headers)
                    try await line.mmsc.journal.wait { $0.received > 0 }
                }
                try await Line.run(in: home) { configuration in
                    configuration.tracing.endpoint = endpoint
                } _: { line in
                    try await line.mmsc.journal.wait { $0.accepted == 1 }
                    let submission = line.mmsc.journal.submissions.first
                    let trace = traceParent.map { String($0.split(separator: "-")[1]) } ?? "00-"
                    #expect(submission?.traceParent?.contains(trace) == true)
                }
            }
        }
        return collector
    }

    @Test("are one trace from the customer's request over its media to the MMSC, also after a restart")
    func oneTrace() async throws {
        let collector = try await spans(traceParent: Self.parent)

        let request = try #require(collector.spans.first { $0.name.hasPrefix("POST /xms/v1/") })
        let ours = collector.spans.filter { $0.traceId == "0af7651916cd43dd8448eb211c80319c" }
        #expect(request.traceId == "0af7651916cd43dd8448eb211c80319c")
        #expect(request.parentSpanId == "b7ad6b7169203331")
        #expect(request.kind == 2)
        #expect(request["http.response.status_code"] == "201")
        #expect(request["mm7.customer"] == "plan1")
        let calls = ours.filter { $0.parentSpanId == request.spanId }
        #expect(Set(calls.map(\.name)).isSuperset(of: ["media download", "SubmitReq"]))
        #expect(calls.allSatisfy { $0.kind == 3 && $0["server.address"] == "127.0.0.1" })
        #expect(calls.contains { $0.name == "SubmitReq" && $0["mm7.mmsc"] == "north" })
    }

    @Test("begin where the customer brings no trace, and say neither numbers nor contents nor tokens")
    func confidential() async throws {
        let collector = try await spans(traceParent: nil)

        let request = try #require(collector.spans.first { $0.name.hasPrefix("POST /xms/v1/") })
        #expect(request.parentSpanId == nil)
        #expect(collector.spans.contains { $0.traceId == request.traceId && $0.name == "SubmitReq" })
        for secret in ["15550100001", "12025550100", "Confidential", Line.token] {
            #expect(!collector.text.contains(secret), "\(secret)")
        }
    }

    @Test("are not recorded where the customer's trace is not")
    func unsampled() async throws {
        let collector = try await spans(traceParent: String(Self.parent.dropLast(2)) + "00")

        #expect(!collector.text.contains("0af7651916cd43dd8448eb211c80319c"))
    }

    @Test("reach to the webhook, and the report of the MMSC has one of its own")
    func webhook() async throws {
        let collector = Collector()
        try await collector.serving { endpoint in
            try await Line.run {
                $0.tracing.endpoint = endpoint
            } _: { line in
                _ = try await line.send(reporting: "per_recipient")
                try await line.customer.wait { $0.calls.contains { $0.contains(#""status":"Delivered""#) } }
            }
        }

        let request = try #require(collector.spans.first { $0.name.hasPrefix("POST /xms/v1/") })
        let webhooks = collector.spans.filter { $0.name == "webhook" }
        #expect(!webhooks.isEmpty)
        #expect(webhooks.allSatisfy { $0.traceId == request.traceId && $0.parentSpanId == request.spanId })
        #expect(webhooks.allSatisfy { $0["http.response.status_code"] == "200" })
        let report = try #require(collector.spans.first { $0.name.hasPrefix("POST /mm7/") })
        #expect(report["mm7.mmsc"] == "north")
    }
}
