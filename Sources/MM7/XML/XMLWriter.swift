/// Writes XML into bytes. Element names are literals copied as they are; texts are escaped.
struct XMLWriter {
    private(set) var bytes: [UInt8] = []
    /// Whether element names get the MM7 prefix.
    var isPrefixed = false
    /// Whether long lines are broken between two elements. Lines in a part of a MIME body have at most 998 octets. (RFC
    /// 2045, 2.8)
    var breaksLines = false
    private var lineStart = 0

    /// The length of a line in octets, which leaves room for one more element.
    private static let lineLength = 800

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    mutating func literal(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func open(_ name: StaticString) {
        openWithAttributes(name)
        bytes.append(UInt8(ascii: ">"))
    }

    /// Leaves the tag open for `attribute`; end it with `literal(">")` or `literal("/>")`.
    mutating func openWithAttributes(_ name: StaticString) {
        bytes.append(UInt8(ascii: "<"))
        if isPrefixed { literal("mm7:") }
        literal(name)
    }

    mutating func close(_ name: StaticString) {
        literal("</")
        if isPrefixed { literal("mm7:") }
        literal(name)
        bytes.append(UInt8(ascii: ">"))
        endLine(before: 0)
    }

    /// Ends a long line. It is called only between elements, where white space means nothing.
    private mutating func endLine(before octets: Int) {
        guard breaksLines, bytes.count - lineStart + octets > Self.lineLength else { return }
        bytes.append(UInt8(ascii: "\n"))
        lineStart = bytes.count
    }

    /// How a text is written.
    enum Form {
        /// In one line: a relay makes header lines from subjects and names, and a line end in one would let its author
        /// add a header. Consecutive control characters become one blank.
        case line
        /// Unchanged: an identifier that the peer chose and gets back.
        case exact
    }

    /// Writes an element with text, or nothing for nil.
    mutating func element(_ name: StaticString, _ text: String?, _ form: Form = .line) throws(MM7Error) {
        guard let text else { return }
        endLine(before: text.utf8.count)
        open(name)
        try self.text(text, of: name, form)
        close(name)
    }

    mutating func element(_ name: StaticString, _ flag: Bool?) {
        guard let flag else { return }
        open(name)
        literal(flag ? "true" : "false")
        close(name)
    }

    mutating func attribute(_ name: StaticString, _ value: String?) throws(MM7Error) {
        guard let value else { return }
        bytes.append(UInt8(ascii: " "))
        literal(name)
        literal("=\"")
        try text(value, of: name)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a text, escaped for elements and attributes alike. White space other than blanks becomes character
    /// references, which attribute normalisation does not change.
    ///
    /// - Throws: `.unencodable` for exact text with characters that XML cannot carry. (XML 1.0, 2.2)
    mutating func text(_ text: String, of element: StaticString, _ form: Form = .line) throws(MM7Error) {
        // Nearly all text is like this; looking every character up in Unicode's tables is slow.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return escape(text) }
        guard form == .exact else { return escape(text.inOneLine) }
        let isCarried = text.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: true
            case 0..<0x20, 0xFFFE, 0xFFFF: false
            default: true
            }
        }
        guard isCarried else {
            throw MM7Error(.unencodable, "a control character that XML cannot carry", element: "\(element)")
        }
        escape(text)
    }

    private mutating func escape(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in append(utf8) }
    }

    private mutating func append(_ utf8: UnsafeBufferPointer<UInt8>) {
        var copied = 0
        for index in utf8.indices {
            let reference: StaticString
            switch utf8[index] {
            case UInt8(ascii: "&"): reference = "&amp;"
            case UInt8(ascii: "<"): reference = "&lt;"
            case UInt8(ascii: ">"): reference = "&gt;"
            case UInt8(ascii: "\""): reference = "&quot;"
            case 0x09: reference = "&#9;"
            case 0x0A: reference = "&#10;"
            case 0x0D: reference = "&#13;"
            default: continue
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[copied..<index]))
            literal(reference)
            copied = index + 1
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[copied...]))
    }
}

extension String {
    /// The text in one line: consecutive control characters, line separators and noncharacters become one blank, and
    /// none is left at the ends.
    var inOneLine: String {
        var line = String.UnicodeScalarView()
        var isPending = false
        for scalar in unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator:
                isPending = !line.isEmpty
            default:
                if isPending, line.last != " ", scalar != " " { line.append(" ") }
                isPending = false
                // U+FFFE and U+FFFF, which XML cannot carry. (XML 1.0, 2.2)
                line.append(scalar.value == 0xFFFE || scalar.value == 0xFFFF ? "\u{FFFD}" : scalar)
            }
        }
        return String(line)
    }
}
