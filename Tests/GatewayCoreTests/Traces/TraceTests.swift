import FoundationEssentials
import Testing

@testable import GatewayCore

@Suite("The trace of a request")
struct TraceTests {
    private static let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    private static let now = Date(timeIntervalSince1970: 1_796_048_400)

    @Test(
        "adopts an id of visible ASCII",
        arguments: [
            "a", "7b1f3c", "Root=1-67891233-abcdef012345678912345678", "01JB2K3N4P5Q6R7S8T9VWXYZ00", "42",
            "a2345678-1234-4123-8123-123456789012", "req-1732982400123456789",
        ])
    func adopted(id: String) {
        #expect(Trace(requestID: id, parent: nil, state: nil, now: Self.now).requestID == id)
    }

    @Test(
        "has an id of its own where none comes that is fit for a log",
        arguments: [
            nil, "", "two words", "a\"b", "a'b", "a\\b", "line\nline", "ümlaut", String(repeating: "a", count: 129),
            "+447700900123", "447700900123", "tel:+447700900123", "44-7700-900123",
            "sms-447700900123", "a_447700900123_b",
        ])
    func replaced(id: String?) {
        let trace = Trace(requestID: id, parent: nil, state: nil, now: Self.now)

        #expect(trace.requestID != id)
        #expect(ULID(trace.requestID) != nil)
    }

    @Test("takes its place in the trace that a peer has begun, and passes all of it on")
    func continued() {
        let trace = Trace(requestID: "a", parent: Self.parent, state: "vendor=value, other=1", now: Self.now)

        #expect(trace.headers.map(\.name) == ["X-Request-Id", "traceparent", "tracestate"])
        #expect(trace.headers.map(\.value) == ["a", Self.parent, "vendor=value, other=1"])
    }

    @Test(
        "ignores a traceparent that is none",
        arguments: [
            "", "00", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01",
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
            "00-0af7651916cd43dd8448eb211c80319-b7ad6b7169203331-01",
            "00-+af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        ])
    func ignored(parent: String) {
        let trace = Trace(requestID: "a", parent: parent, state: "vendor=value", now: Self.now)

        #expect(trace.parent == nil)
        #expect(trace.state == nil)
    }

    @Test("reads a later version of traceparent as far as this one goes")
    func laterVersion() {
        let parent = TraceParent("01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03-more")

        #expect(parent?.description == Self.parent)
    }

    @Test("leaves out a state that is too long or not ASCII", arguments: ["ü=1", String(repeating: "a", count: 513)])
    func unfitState(state: String) {
        #expect(Trace(requestID: "a", parent: Self.parent, state: state, now: Self.now).state == nil)
    }

    @Test(
        "comes back from the text that the store keeps",
        arguments: [nil, parent], [nil, "vendor=a value, other=1"])
    func kept(parent: String?, state: String?) {
        let trace = Trace(requestID: "a-1", parent: parent, state: state, now: Self.now)

        #expect(Trace(kept: trace.text) == trace)
    }
}
