package import FoundationEssentials

/// What a piece of work is found by, in our log and in those of the systems before and behind us: the id of the request
/// that began it, and its place in a trace that crosses them.
package struct Trace: Sendable, Hashable {
    /// One id from the request to the TransactionID to the webhook; see `RequestID` for what a peer may choose.
    package var requestID: String
    /// Nil where nobody traces.
    package var parent: TraceParent?
    /// What tracing systems say to each other (W3C Trace Context, 3.3); it is passed on and never read.
    package var state: String?

    package init(requestID: String, parent: TraceParent? = nil, state: String? = nil) {
        self.requestID = requestID
        self.parent = parent
        self.state = state
    }

    /// The trace of a request by its three headers; what is missing or unfit in them is left out, and the id made anew.
    package init(requestID: String?, parent: String?, state: String?, now: Date) {
        self.requestID = requestID.flatMap { RequestID.isFit($0) ? $0 : nil } ?? RequestID.new(at: now)
        self.parent = parent.flatMap { TraceParent($0) }
        // A state without a parent means nothing. (W3C Trace Context, 3.3)
        self.state = self.parent == nil ? nil : state.flatMap { Self.isFitState($0) ? $0 : nil }
    }

    /// The headers by which a peer is given it.
    package var headers: [(name: String, value: String)] {
        var headers = [(name: "X-Request-Id", value: requestID)]
        if let parent { headers.append((name: "traceparent", value: parent.description)) }
        if let state { headers.append((name: "tracestate", value: state)) }
        return headers
    }

    /// What has to be passed on at least (W3C Trace Context, 3.3.1.5); a longer state is left out.
    private static let stateLimit = 512

    private static func isFitState(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= stateLimit && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }
}

// MARK: - In the store

extension Trace {
    /// The parts with a blank between them, of which the first two have none.
    package var text: String {
        guard let parent else { return requestID }
        return "\(requestID) \(parent)" + (state.map { " " + $0 } ?? "")
    }

    /// - Parameter text: as `text` gives it.
    package init(kept text: String) {
        let parts = text.split(separator: " ", maxSplits: 2)
        self.init(
            requestID: parts.first.map(String.init) ?? "",
            parent: parts.dropFirst().first.flatMap { TraceParent($0) },
            state: parts.dropFirst(2).first.map(String.init))
    }
}
