/// Words of somebody outside: an MMSC's TransactionID or StatusText, a name, a header, libcurl's account of what a peer
/// did. Making one makes the words fit for logs, errors, metrics and answers.
///
/// Controls and marks of direction are taken out, for they would write lines of their own into a log; what may be a
/// subscriber's number is cut to its last three digits; the rest is cut to a length in octets of UTF-8, for a single
/// character may have any number of them.
package struct PeerText: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    /// The longest text, in octets of UTF-8, without the mark of a cut.
    package static let limit = 200

    /// - Parameter limit: octets of UTF-8 at most.
    package init(_ text: some StringProtocol, limit: Int = PeerText.limit) {
        guard !Self.isFit(text.utf8, limit: limit) else {
            description = String(text)
            return
        }
        var result = PeerTextWriter(limit: limit)
        for scalar in text.unicodeScalars {
            result.append(scalar)
            if result.isFull { break }
        }
        description = result.finished()
    }

    /// A text that the store kept, which was made fit before.
    package init(kept text: String) { description = text }

    /// - Parameter octets: in UTF-8; invalid octets become U+FFFD.
    package init(octets: some Collection<UInt8>, limit: Int = PeerText.limit) {
        // Digits and controls make a text shorter, so some more is looked at than fits.
        self.init(String(decoding: octets.prefix(limit * 4), as: UTF8.self), limit: limit)
    }
}

extension PeerText {
    /// Whether a text stays as it is: visible ASCII and single blanks, without a number. Nearly all texts do.
    private static func isFit(_ text: some Sequence<UInt8>, limit: Int) -> Bool {
        var (octets, digits) = (0, 0)
        var last = UInt8(ascii: " ")
        for octet in text {
            switch octet {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
            // A number may go on after these.
            case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "/"): break
            case UInt8(ascii: " "): if last == octet { return false }
            case 0x21...0x7E: digits = 0
            default: return false
            }
            octets += 1
            last = octet
            if digits == DigitRun.leastDigits || octets > limit { return false }
        }
        return last != UInt8(ascii: " ")
    }
}

/// Words of our own in the place of somebody's, or around them.
extension PeerText: ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) { self.init(value) }
}

/// Writes a text scalar by scalar. What may be a number is held back until it is over.
private struct PeerTextWriter {
    let limit: Int
    private var text = String.UnicodeScalarView()
    private var octets = 0
    private var number = DigitRun()
    private var isBlank = true
    private(set) var isFull = false

    init(limit: Int) { self.limit = limit }

    mutating func append(_ scalar: Unicode.Scalar) {
        let scalar = scalar.isControl ? " " : scalar
        guard !number.take(scalar) else { return }
        flush()
        if !number.take(scalar) { write(scalar) }
    }

    mutating func finished() -> String {
        flush()
        while text.last == " " { text.removeLast() }
        if isFull { text.append("…") }
        return String(text)
    }

    private mutating func flush() {
        for scalar in number.finish() { write(scalar) }
    }

    /// One blank for any run of them, and none at the beginning.
    private mutating func write(_ scalar: Unicode.Scalar) {
        guard !isFull, !(isBlank && scalar == " ") else { return }
        let size = UTF8.width(scalar)
        guard octets + size <= limit else {
            isFull = true
            return
        }
        octets += size
        text.append(scalar)
        isBlank = scalar == " "
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
