import Foundation

@testable import MM7

/// What a right reader extracts from a fixture: the JSON file beside it.
///
/// Members are named like the properties of the library; `body` holds those of the operation. Only what the file names is
/// compared, `null` stands for a property that is nil, and a list is compared with its length.
struct ExpectedMessage: Decodable {
    let members: JSONValue

    init(from decoder: any Decoder) throws { members = try JSONValue(from: decoder) }

    /// One line for each member that is not as expected or that no message has.
    func differences(from observed: JSONValue) -> [String] {
        if case .object(let found) = observed, let code = found["error"], case .object(let wanted) = members,
            wanted["error"] == nil
        {
            return ["the message is refused: \(code)"]
        }
        return members.differences(from: observed, at: "message")
    }
}

/// Any JSON value.
enum JSONValue: Decodable, Equatable {
    case null
    case bool(Bool)
    case number(Int)
    case string(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    fileprivate func differences(from observed: JSONValue, at place: String) -> [String] {
        switch (self, observed) {
        case (.object(let wanted), .object(let found)):
            wanted.sorted { $0.key < $1.key }.flatMap { name, value in
                found[name].map { value.differences(from: $0, at: "\(place).\(name)") }
                    ?? ["\(place) has no member \(name)"]
            }
        case (.list(let wanted), .list(let found)) where wanted.count == found.count:
            zip(wanted, found).enumerated().flatMap { index, pair in
                pair.0.differences(from: pair.1, at: "\(place)[\(index)]")
            }
        default: self == observed ? [] : ["\(place) is \(observed), not \(self)"]
        }
    }
}

/// As JSON has it, for what a failing test says.
extension JSONValue: CustomStringConvertible {
    var description: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number(let value): "\(value)"
        case .string(let value): "\"\(value)\""
        case .list(let values): "[" + values.map(\.description).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
        }
    }
}

extension JSONValue {
    /// A message as the fixtures describe it.
    init(_ message: ReceivedMessage) {
        var members: [String: JSONValue] = [
            "operation": .string(message.envelope.operationName),
            "transactionID": JSONValue(value: message.envelope.transactionID as Any),
            "namespace": JSONValue(value: message.envelope.namespace as Any),
            "version": JSONValue(value: message.envelope.version as Any),
            "content": .list(message.content.map { JSONValue($0) }),
            "notes": .list(message.notes.map { .string($0) }),
        ]
        if let operation = Mirror(reflecting: message.envelope.body).children.first {
            members["body"] = JSONValue(value: operation.value)
        }
        self = .object(members)
    }

    /// A message that is refused: the kind of error, the status that answers it, and its head as far as it was found.
    init(_ error: MM7Error) {
        self = .object([
            "error": .string(error.code.description),
            "answer": .number(error.statusCode.rawValue),
            "operation": JSONValue(value: error.head.operation as Any),
            "transactionID": JSONValue(value: error.head.transactionID as Any),
            "namespace": JSONValue(value: error.head.namespace as Any),
            "version": JSONValue(value: error.head.version as Any),
        ])
    }

    private init(_ part: Part) {
        self = .object([
            "type": .string(part.contentType.essence),
            "contentID": JSONValue(value: part.contentID as Any),
            "contentLocation": JSONValue(value: part.contentLocation as Any),
            "name": JSONValue(value: part.name as Any),
            "fileName": JSONValue(value: part.fileName as Any),
            "size": .number(part.bytes.count),
            "text": JSONValue(value: part.text as Any),
            "hex": .string(part.bytes.map { String(format: "%02x", $0) }.joined()),
        ])
    }

    /// Any value of the library by its properties, so that an operation needs no words of its own here.
    private init(value: Any) {
        switch value {
        case let value as String: self = .string(value)
        case let value as Bool: self = .bool(value)
        case let value as Int: self = .number(value)
        case let value as Date: self = .string(Self.text(value))
        case let value as MMStatus: self = .string(value.wireName)
        case let value as ReadStatus: self = .string(value.wireName)
        case .absolute(let date) as RelativeOrAbsoluteDate: self = .string(Self.text(date))
        case .relative(let seconds) as RelativeOrAbsoluteDate: self = .string(WireDate.text(ofDuration: seconds) ?? "")
        default:
            let mirror = Mirror(reflecting: value)
            switch mirror.displayStyle {
            case .optional: self = mirror.children.first.map { JSONValue(value: $0.value) } ?? .null
            case .collection: self = .list(mirror.children.map { JSONValue(value: $0.value) })
            case .enum: self = .string("\(value)")
            default:
                let members = mirror.children.map { ($0.label ?? "", JSONValue(value: $0.value)) }
                // A word list of the schema is its word, a status code its number.
                let isWord = members.count == 1 && members[0].0 == "rawValue"
                self = isWord ? members[0].1 : .object(Dictionary(uniqueKeysWithValues: members))
            }
        }
    }

    private static func text(_ date: Date) -> String {
        let hasFraction = date.timeIntervalSince1970 != date.timeIntervalSince1970.rounded()
        return date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: hasFraction))
    }
}
