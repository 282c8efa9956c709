/// Words of somebody outside: an MMSC's TransactionID or StatusText, a name, a header, libcurl's account of what a peer
/// did. Fit for logs, errors, metrics and answers by being made.
///
/// Controls and marks of direction are taken out, for they would write lines of their own into a log; every run of seven
/// digits or more is cut to its last three, for it may be a subscriber's number; the rest is cut to a length in octets of
/// UTF-8, for a single character may have any number of them.
package struct PeerText: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    /// The longest text, in octets of UTF-8, without the mark of a cut.
    package static let limit = 200

    /// - Parameter limit: octets of UTF-8 at most.
    package init(_ text: some StringProtocol, limit: Int = PeerText.limit) {
        var result = PeerTextWriter(limit: limit)
        for scalar in text.unicodeScalars where !result.isFull { result.append(scalar) }
        description = result.finished()
    }

    /// - Parameter octets: in UTF-8; what is none becomes U+FFFD.
    package init(octets: some Collection<UInt8>, limit: Int = PeerText.limit) {
        // Digits and controls make a text shorter, so some more is looked at than fits.
        self.init(String(decoding: octets.prefix(limit * 4), as: UTF8.self), limit: limit)
    }
}

extension PeerText: ExpressibleByStringLiteral {
    /// Words of our own in the place of somebody's.
    package init(stringLiteral value: StaticString) { description = value.description }
}

private struct PeerTextWriter {
    let limit: Int
    private var text = String.UnicodeScalarView()
    private var octets = 0
    /// The digits that ended the text so far, not written yet.
    private var digits: [Unicode.Scalar] = []
    private var isBlank = true
    private(set) var isFull = false

    init(limit: Int) { self.limit = limit }

    mutating func append(_ scalar: Unicode.Scalar) {
        if scalar.properties.generalCategory == .decimalNumber {
            // A run beyond every number's length is remembered by its end alone.
            if digits.count == 64 { digits.removeFirst(32) }
            return digits.append(scalar)
        }
        writeDigits()
        if scalar.isControl {
            // One blank for any run of them, and none at the ends.
            if !isBlank { write(" ") }
            isBlank = true
        } else {
            write(scalar)
            isBlank = scalar == " "
        }
    }

    mutating func finished() -> String {
        writeDigits()
        if isFull { text.append("…") }
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    private mutating func writeDigits() {
        defer { digits.removeAll(keepingCapacity: true) }
        guard !digits.isEmpty else { return }
        isBlank = false
        guard digits.count >= 7 else {
            for digit in digits { write(digit) }
            return
        }
        write("…")
        for digit in digits.suffix(3) { write(digit) }
    }

    private mutating func write(_ scalar: Unicode.Scalar) {
        guard !isFull else { return }
        let size = UTF8.width(scalar)
        guard octets + size <= limit else {
            isFull = true
            return
        }
        octets += size
        text.append(scalar)
    }
}

extension Unicode.Scalar {
    /// Whether a terminal, a log or a bidirectional text would obey it.
    fileprivate var isControl: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
        default: false
        }
    }
}
