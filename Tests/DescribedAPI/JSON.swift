import Foundation

/// A JSON value, to be compared member by member whatever their order.
package enum JSON: Hashable, Codable, Sendable {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    package init(_ text: String) throws {
        self = try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
    }

    package init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let int = try? value.decode(Int.self) {
            self = .int(int)
        } else if let double = try? value.decode(Double.self) {
            self = .double(double)
        } else if let string = try? value.decode(String.self) {
            self = .string(string)
        } else if let array = try? value.decode([JSON].self) {
            self = .array(array)
        } else {
            self = .object(try value.decode([String: JSON].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .null: try value.encodeNil()
        case .bool(let bool): try value.encode(bool)
        case .int(let int): try value.encode(int)
        case .double(let double): try value.encode(double)
        case .string(let string): try value.encode(string)
        case .array(let array): try value.encode(array)
        case .object(let object): try value.encode(object)
        }
    }

    package subscript(name: String) -> JSON? {
        get { if case .object(let members) = self { members[name] } else { nil } }
        set {
            guard case .object(var members) = self else { return }
            members[name] = newValue
            self = .object(members)
        }
    }
}

extension JSON {
    package subscript(place: Int) -> JSON? {
        if case .array(let elements) = self, elements.indices.contains(place) { elements[place] } else { nil }
    }
}

extension JSON {
    package var members: [String: JSON] { if case .object(let members) = self { members } else { [:] } }

    package var elements: [JSON] { if case .array(let elements) = self { elements } else { [] } }

    package var string: String? { if case .string(let string) = self { string } else { nil } }

    /// Names of members and types of values, whatever the values are; elements of an array in no order.
    package var shape: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .int: "integer"
        case .double: "number"
        case .string: "string"
        case .array(let elements): "[\(Set(elements.map(\.shape)).sorted().joined(separator: " | "))]"
        case .object(let members):
            "{\(members.map { "\($0.key): \($0.value.shape)" }.sorted().joined(separator: ", "))}"
        }
    }

    /// Whether it is as another value is, type by type, with the elements of its arrays among others.
    package func contains(shapeOf other: JSON) -> Bool {
        switch (self, other) {
        case (.object(let members), .object(let others)):
            Set(members.keys) == Set(others.keys)
                && others.allSatisfy { members[$0.key]?.contains(shapeOf: $0.value) == true }
        case (.array(let elements), .array(let others)):
            others.allSatisfy { other in elements.contains { $0.contains(shapeOf: other) } }
        default: shape == other.shape
        }
    }

    /// As a parameter is written.
    func text(in separator: String) -> String? {
        switch self {
        case .string(let string): string
        case .int(let int): String(int)
        case .double(let double): String(double)
        case .bool(let bool): String(bool)
        case .array(let elements): elements.compactMap { $0.text(in: separator) }.joined(separator: separator)
        case .null, .object: nil
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }

    package init(booleanLiteral value: Bool) { self = .bool(value) }

    package init(integerLiteral value: Int) { self = .int(value) }

    package init(arrayLiteral elements: JSON...) { self = .array(elements) }

    package init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { _, last in last }))
    }

    package init(nilLiteral: ()) { self = .null }
}
