import CustomerServing
import GatewayCore
import HTTPServing

/// JSON as a customer wrote it: members in their order, numbers digit by digit. Metadata and messages are given back so.
enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    struct Member: Equatable, Sendable {
        var name: String
        var value: JSONValue

        init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// - Throws: `invalidJSON` for what is none, `violation` for more of it than is taken.
    init(_ body: [UInt8]) throws(MalformedRequest) {
        if let fault = JSONSyntax.fault(in: body) {
            throw fault.isExcess
                ? .violation("The request body has too much in it: \(fault)")
                : .invalidJSON("The request body is not valid JSON: \(fault)")
        }
        self = body.withUnsafeBufferPointer { bytes in
            var reader = JSONValueReader(bytes: bytes)
            return reader.value()
        }
    }

    /// An object of which one member is left as its text.
    ///
    /// - Returns: nil for what is no object.
    static func object(_ text: String, leaving name: String) -> (others: JSONValue, text: String?)? {
        let bytes = Array(text.utf8)
        guard bytes.first == UInt8(ascii: "{"), JSONSyntax.fault(in: bytes) == nil else { return nil }
        return bytes.withUnsafeBufferPointer { bytes in
            var reader = JSONValueReader(bytes: bytes)
            return reader.object(leaving: name)
        }
    }

    /// JSON that stands in a string; nil for what is none.
    init?(text: String) {
        do throws(MalformedRequest) {
            try self.init(Array(text.utf8))
        } catch {
            return nil
        }
    }

    /// Without blanks.
    var text: String {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The members of an object; of anything else none.
    var members: [Member] {
        get { if case .object(let members) = self { members } else { [] } }
        set { self = .object(newValue) }
    }

    /// A member of an object. To set it keeps its place, nil takes it away, and a new one is the last.
    subscript(name: String) -> JSONValue? {
        get { members.first { $0.name.isExactly(name) }?.value }
        set {
            let place = members.firstIndex { $0.name.isExactly(name) }
            switch (place, newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): members.remove(at: place)
            case (nil, let value?): members.append(Member(name, value))
            case (nil, nil): break
            }
        }
    }
}

extension JSONValue {
    /// Appends its text, without blanks. Every message is written so: an encoder takes many times as long.
    func write(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let truth): bytes.append(contentsOf: (truth ? "true" : "false").utf8)
        case .number(let digits): bytes.append(contentsOf: digits.utf8)
        case .string(let text): JSONText.write(text, to: &bytes)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                element.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                JSONText.write(member.name, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// The text of a string; nil for anything else.
    var string: String? { if case .string(let text) = self { text } else { nil } }

    /// UTF-16 units of its text at most, without writing it.
    var mostUnits: Int {
        switch self {
        case .null, .bool: 5
        case .number(let digits): digits.utf8.count
        // An octet becomes six at most: a control character is written as \u and four digits.
        case .string(let text): 6 * text.utf8.count + 2
        case .array(let elements): elements.reduce(2) { $0 + $1.mostUnits + 1 }
        case .object(let members): members.reduce(2) { $0 + 6 * $1.name.utf8.count + $1.value.mostUnits + 4 }
        }
    }
}

extension JSONValue: Encodable {
    func encode(to encoder: any Encoder) throws {
        switch self {
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .bool(let truth): try truth.encode(to: encoder)
        case .string(let text): try text.encode(to: encoder)
        case .number(let digits):
            var container = encoder.singleValueContainer()
            try container.encode(JSONVerbatim(digits))
        case .array(let elements):
            var container = encoder.unkeyedContainer()
            for element in elements { try container.encode(element) }
        case .object(let members):
            var container = encoder.container(keyedBy: MemberName.self)
            for member in members { try container.encode(member.value, forKey: MemberName(member.name)) }
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral text: String) { self = .string(text) }
    init(booleanLiteral truth: Bool) { self = .bool(truth) }
    init(integerLiteral number: Int) { self = .number(String(number)) }
    init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    init(dictionaryLiteral members: (String, JSONValue)...) { self = .object(members.map { Member($0, $1) }) }
}
