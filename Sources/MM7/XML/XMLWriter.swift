/// Writes XML into bytes. Element names are literals copied as they are; texts are escaped.
struct XMLWriter {
    private(set) var bytes: [UInt8] = []
    /// Whether element names get the MM7 prefix.
    var isPrefixed = false

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    mutating func literal(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Text of our own that needs no escaping.
    mutating func verbatim(_ text: String) { bytes.append(contentsOf: text.utf8) }

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
    }

    /// An element with text; nothing for nil.
    mutating func element(_ name: StaticString, _ text: String?) throws(MM7Error) {
        guard let text else { return }
        open(name)
        try self.text(text, of: name)
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

    /// Escaped so that it may stand in an element and in an attribute alike. White space other than blanks becomes
    /// character references, which attribute normalisation leaves alone.
    ///
    /// - Throws: `.unencodable` for characters XML has no way to carry. (XML 1.0, 2.2)
    mutating func text(_ text: String, of place: StaticString) throws(MM7Error) {
        var text = text
        let isCarried = text.withUTF8 { utf8 in append(utf8) }
        guard isCarried else {
            throw MM7Error(.unencodable, "a control character that XML cannot carry", place: "\(place)")
        }
    }

    private mutating func append(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        var copied = 0
        for index in utf8.indices {
            let byte = utf8[index]
            let reference: StaticString
            switch byte {
            case UInt8(ascii: "&"): reference = "&amp;"
            case UInt8(ascii: "<"): reference = "&lt;"
            case UInt8(ascii: ">"): reference = "&gt;"
            case UInt8(ascii: "\""): reference = "&quot;"
            case 0x09: reference = "&#9;"
            case 0x0A: reference = "&#10;"
            case 0x0D: reference = "&#13;"
            case 0x00...0x1F: return false
            case 0xEF where utf8.count - index > 2 && utf8[index + 1] == 0xBF && utf8[index + 2] >= 0xBE:
                return false  // U+FFFE and U+FFFF
            default: continue
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[copied..<index]))
            literal(reference)
            copied = index + 1
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[copied...]))
        return true
    }
}
