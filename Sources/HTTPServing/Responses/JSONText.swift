/// Values as JSON text whose members stand in the order in which the value encodes them, so that a body reads as its
/// documentation prints it, and the same value gives the same bytes in every process: a signature or a repeated webhook
/// call depends on that. (`JSONEncoder` orders members by hash, or by name.)
///
/// A `Dictionary` has no order; a type that holds one encodes its keys sorted.
package enum JSONText {
    /// UTF-8 without blanks; absent optionals are left out by the synthesised `encode(to:)`.
    package static func bytes(of value: some Encodable) -> [UInt8] {
        let node = JSONNode()
        node.take(value)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        node.write(to: &bytes)
        return bytes
    }

    /// Writes a text in quotes; only what JSON forbids is escaped. (RFC 8259, 7)
    package static func write(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes.append(contentsOf: #"\""#.utf8)
            case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
            case UInt8(ascii: "\n"): bytes.append(contentsOf: #"\n"#.utf8)
            case UInt8(ascii: "\r"): bytes.append(contentsOf: #"\r"#.utf8)
            case UInt8(ascii: "\t"): bytes.append(contentsOf: #"\t"#.utf8)
            case 0..<0x20:
                bytes.append(contentsOf: byte < 0x10 ? #"\u000"#.utf8 : #"\u00"#.utf8)
                bytes.append(contentsOf: String(byte, radix: 16).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

/// JSON text that stands in an answer as it is, neither read nor written again: it may be megabytes.
package struct JSONVerbatim: Encodable, Sendable {
    fileprivate let text: String

    /// - Parameter text: a whole value.
    package init(_ text: String) {
        self.text = text
    }

    package var byteCount: Int { text.utf8.count }

    /// For other encoders than ours: a string.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// A value on its way into text. The containers of one encoding share their nodes.
final class JSONNode {
    private enum Shape {
        /// Nothing was encoded.
        case null
        /// A number or a truth value, as it stands in JSON.
        case literal(String)
        case string(String)
        case array
        case object
    }

    private var shape = Shape.null
    /// Values of an array or an object.
    private var elements: [JSONNode] = []
    /// Names of an object's members, beside `elements`.
    private var names: [String] = []

    var count: Int { elements.count }

    func becomeArray() { shape = .array }

    func becomeObject() { shape = .object }

    /// A new last element; with a name, a new last member.
    func append(named name: String? = nil) -> JSONNode {
        let node = JSONNode()
        elements.append(node)
        if let name { names.append(name) }
        return node
    }

    func take(_ text: String) { shape = .string(text) }

    func take(_ truth: Bool) { shape = .literal(truth ? "true" : "false") }

    func take(integer: some FixedWidthInteger) { shape = .literal(String(integer)) }

    /// A number; null for infinity and not-a-number, for which JSON has no word.
    func take(number: some BinaryFloatingPoint & LosslessStringConvertible) {
        shape = number.isFinite ? .literal(String(number)) : .null
    }

    /// A value of any other type writes itself, and comes back here with its parts.
    func take(_ value: some Encodable) {
        if let text = value as? String {
            take(text)
        } else if let verbatim = value as? JSONVerbatim {
            shape = .literal(verbatim.text)
        } else {
            // No type that leaves in JSON throws when it encodes itself.
            try? value.encode(to: JSONNodeEncoder(node: self))
        }
    }

    func write(to bytes: inout [UInt8]) {
        switch shape {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .literal(let text): bytes.append(contentsOf: text.utf8)
        case .string(let text): JSONText.write(text, to: &bytes)
        case .array:
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                element.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object:
            bytes.append(UInt8(ascii: "{"))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                JSONText.write(names[index], to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                element.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }
}
