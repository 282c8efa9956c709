package import FoundationEssentials

/// One value of a configuration file, before anybody asked what it should be.
package enum ConfigurationValue: Equatable, Sendable {
    case object([Member])
    case array([ConfigurationValue])
    case string(String)
    case number(Double)
    case bool(Bool)
    case null

    package struct Member: Equatable, Sendable {
        package var key: String
        package var value: ConfigurationValue

        package init(key: String, value: ConfigurationValue) {
            self.key = key
            self.value = value
        }
    }

    /// Reads JSON5: comments, trailing commas, bare keys, single quotes.
    ///
    /// - Throws: `DecodingError` when it is no JSON5; `JSON5Outline` knows the line, the error does not.
    package init(json5 text: Data) throws {
        let decoder = JSONDecoder()
        decoder.allowsJSON5 = true
        self = try decoder.decode(ConfigurationValue.self, from: text)
    }

    /// The kind of value, for people: "must be a string, not a list".
    package var kind: String {
        switch self {
        case .object: "an object"
        case .array: "a list"
        case .string: "a string"
        case .number(let number): Self.text(of: number)
        case .bool(let bool): bool ? "true" : "false"
        case .null: "null"
        }
    }

    /// The text of a number: whole numbers without a fraction, as far as a `Double` holds them exactly.
    package static func text(of number: Double) -> String {
        abs(number) < 0x1p53 && number == number.rounded() ? "\(Int64(number))" : "\(number)"
    }
}

extension ConfigurationValue: Decodable {
    /// Members come sorted by their keys: the decoder does not keep their order.
    package init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: AnyKey.self) {
            self = .object(
                try container.allKeys.sorted { $0.stringValue < $1.stringValue }.map { key in
                    Member(key: key.stringValue, value: try container.decode(ConfigurationValue.self, forKey: key))
                })
        } else if var container = try? decoder.unkeyedContainer() {
            var elements: [ConfigurationValue] = []
            while !container.isAtEnd { elements.append(try container.decode(ConfigurationValue.self)) }
            self = .array(elements)
        } else {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let bool = try? container.decode(Bool.self) {
                self = .bool(bool)
            } else if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                self = .string(try container.decode(String.self))
            }
        }
    }

    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
