/// A place in a trace: the trace, the span that is the parent of what follows, and whether somebody records it. (W3C
/// Trace Context, 3.2)
package struct TraceParent: Sendable, Hashable, CustomStringConvertible {
    package let trace: TraceID
    package let span: SpanID
    package let isSampled: Bool

    package init(trace: TraceID, span: SpanID, isSampled: Bool) {
        self.trace = trace
        self.span = span
        self.isSampled = isSampled
    }

    /// The value of a header `traceparent`; nil for one that is to be ignored. Later versions are read as far as this one
    /// goes. (3.2.4)
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count >= 4, parts[0].utf8.count == 2, let version = Self.number(parts[0]), version != 0xFF,
            version > 0 || parts.count == 4, parts[1].utf8.count == 32, parts[2].utf8.count == 16,
            parts[3].utf8.count == 2, let high = Self.number(parts[1].prefix(16)),
            let low = Self.number(parts[1].suffix(16)), let span = Self.number(parts[2]),
            let flags = Self.number(parts[3]), high != 0 || low != 0, span != 0
        else { return nil }
        self.init(trace: TraceID(high: high, low: low), span: SpanID(span), isSampled: flags & 1 == 1)
    }

    package var description: String { "00-\(trace)-\(span)-\(isSampled ? "01" : "00")" }

    /// The number that hexadecimal digits in lower case stand for.
    private static func number(_ text: some StringProtocol) -> UInt64? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else { return nil }
        return UInt64(text, radix: 16)
    }
}

/// Names a trace: 16 octets, 32 digits.
package struct TraceID: Sendable, Hashable, CustomStringConvertible {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    package var description: String { SpanID(high).description + SpanID(low).description }
}

/// Names a span: 8 octets, 16 digits.
package struct SpanID: Sendable, Hashable, CustomStringConvertible {
    package let number: UInt64

    package init(_ number: UInt64) { self.number = number }

    package var description: String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
