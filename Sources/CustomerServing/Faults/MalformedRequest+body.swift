import FoundationEssentials
import GatewayCore
import HTTPServing

extension MalformedRequest {
    /// A value of the body, which is looked at as JSON before it is decoded.
    ///
    /// - Throws: `MalformedRequest`, and whatever the value's own decoding throws besides `DecodingError`.
    static func decode<Value: Decodable>(_ type: Value.Type, from body: [UInt8]) throws -> Value {
        if let fault = JSONSyntax.fault(in: body) {
            throw fault.isExcess
                ? violation("The request body has too much in it: \(fault)")
                : invalidJSON("The request body is not valid JSON: \(fault)")
        }
        do {
            return try JSONDecoder().decode(type, from: Data(body))
        } catch let error as DecodingError {
            throw Self(error)
        }
    }

    /// Text that is no JSON, or JSON of the wrong shape; the member is named and its value is not repeated.
    package init(_ error: DecodingError) {
        self =
            switch error {
            case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
                .in(context.codingPath, Self.invalidJSON, "must be \(Self.words(for: type))")
            case .keyNotFound(let key, let context):
                .in(context.codingPath + [key], Self.violation, "must be present")
            case .dataCorrupted(let context) where !context.codingPath.isEmpty:
                .in(context.codingPath, Self.invalidJSON, "has a value that cannot be read")
            default: .invalidJSON("The request body is not valid JSON")
            }
    }

    /// A fault in a member, or in the body as a whole.
    private static func `in`(
        _ path: [any CodingKey], _ fault: (_ member: String?, _ problem: String) -> Self, _ problem: String
    ) -> Self {
        path.isEmpty ? fault(nil, "The request body: \(problem)") : fault(name(path), problem)
    }

    /// `body.url`, `to[3]`.
    private static func name(_ path: [any CodingKey]) -> String {
        path.reduce(into: "") { name, key in
            // The name of a member that is a number has an integer value too, and may be somebody's.
            if let index = key.intValue, key.stringValue.isExactly("Index \(index)") {
                name += "[\(index)]"
            } else {
                name += (name.isEmpty ? "" : ".") + key.stringValue.excerpt.description
            }
        }
    }

    private static func words(for type: Any.Type) -> String {
        switch type {
        case is String.Type: "a string"
        case is Bool.Type: "true or false"
        case is any BinaryInteger.Type: "an integer"
        case is [Any].Type: "an array"
        default: "an object"
        }
    }
}

extension KeyedDecodingContainer {
    /// One of a few words; the error lists them.
    package func decodeWord<Word>(forKey key: Key) throws -> Word?
    where Word: RawRepresentable<String> & CaseIterable {
        guard let text = try decodeIfPresent(String.self, forKey: key) else { return nil }
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw MalformedRequest.invalidJSON(at: key.stringValue, "must be one of \(words)")
        }
        return word
    }
}
