import Foundation
import GatewayCore
import Testing
import Tracing

@testable import Spans

@Suite("Spans of the gateway's work")
struct SpansTests {
    private static let remote = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331"

    private func spans(_ ratio: Double, limit: Int = 100) -> (Spans, SpanBuffer) {
        let buffer = SpanBuffer(limit: limit)
        return (Spans(SpanTracer(Sampling(ratio: ratio), into: buffer)), buffer)
    }

    @Test("where nobody traces, work is passed on under the trace that it came with")
    func off() {
        let trace = Trace(requestID: "a", parent: Self.remote + "-01", state: "b=c", now: Date())

        let work = Spans.none.begin("work", .client, in: trace)

        #expect(work.trace == trace)
        #expect(!work.isRecording)
    }

    @Test("a span is the child of the remote one, and the parent of what it calls")
    func child() throws {
        let (spans, buffer) = spans(0)
        let trace = Trace(requestID: "a", parent: Self.remote + "-01", state: "b=c", now: Date())

        let server = spans.begin("GET", .server, in: trace)
        let client = spans.begin("SubmitReq", .client, in: server.trace)
        client.set("mm7.mmsc", "north")
        client.end(failed: true)
        server.rename("GET /xms")
        server.end()
        server.end()

        let ended = buffer.next(upTo: 10)
        #expect(ended.map(\.name) == ["SubmitReq", "GET /xms"])
        #expect(ended.map { $0.place.trace.description }.allSatisfy { $0 == "0af7651916cd43dd8448eb211c80319c" })
        #expect(ended[1].parent?.description == "b7ad6b7169203331")
        #expect(ended[0].parent == ended[1].place.span)
        #expect(client.trace?.parent == ended[0].place)
        #expect(client.trace?.state == "b=c")
        #expect(ended.map(\.isError) == [true, false])
        #expect(ended[0].attributes.map(\.name) == ["mm7.mmsc", "mm7.request_id"])
    }

    @Test("who began the trace decides whether it is recorded", arguments: [true, false])
    func parentDecides(isSampled: Bool) {
        let (spans, buffer) = spans(isSampled ? 0 : 1)
        let trace = Trace(
            requestID: "a", parent: Self.remote + (isSampled ? "-01" : "-00"), state: nil, now: Date())

        let work = spans.begin("work", .server, in: trace)
        work.end()

        #expect(buffer.next(upTo: 10).count == (isSampled ? 1 : 0))
        #expect(work.trace?.parent?.isSampled == isSampled)
        #expect(work.trace?.parent?.trace == trace.parent?.trace)
    }

    @Test("of the traces that begin here, as many are recorded as wanted", arguments: [0, 0.25, 1])
    func ratio(ratio: Double) {
        let sampling = Sampling(ratio: ratio)

        let recorded = (0..<4096).count { number in
            sampling.records(TraceID(high: 1, low: UInt64(number) << 52), below: nil)
        }

        #expect(Double(recorded) == ratio * 4096)
    }

    @Test("what finds no room is dropped and counted")
    func full() {
        let (spans, buffer) = spans(1, limit: 2)
        let trace = Trace(requestID: "a")

        for _ in 0..<5 { spans.begin("work", .client, in: trace).end() }

        #expect(buffer.takeDropped() == 3)
        #expect(buffer.takeDropped() == 0)
        #expect(buffer.next(upTo: 10).count == 2)
    }

    @Test(
        "of a URL the server is said and nothing else",
        arguments: [
            ("https://user:secret@media.example/secret?key=secret", "media.example", 443),
            ("http://[::1]:8080/secret", "[::1]", 8080),
        ])
    func server(url: String, host: String, port: Int) throws {
        let (spans, buffer) = spans(1)

        let work = spans.begin("GET", .client, in: Trace(requestID: "a"))
        work.calls(url, method: "GET")
        work.end()

        let attributes = try #require(buffer.next(upTo: 1).first?.attributes)
        #expect(attributes.contains { $0.name == "server.address" && $0.value == .string(host) })
        #expect(attributes.contains { $0.name == "server.port" && $0.value == .int64(Int64(port)) })
        #expect(!"\(attributes)".contains("secret"))
    }
}
