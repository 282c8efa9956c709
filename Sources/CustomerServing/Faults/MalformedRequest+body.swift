import GatewayCore

extension SMSAPIError {
    /// Text that is no JSON, or JSON of the wrong shape; the member is named and its value is not repeated.
    init(_ error: DecodingError) {
        self =
            switch error {
            case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
                .invalidJSON("\(Self.place(context.codingPath)): must be \(Self.words(for: type))")
            case .keyNotFound(let key, let context):
                .violation("\(Self.place(context.codingPath + [key])): must be present")
            case .dataCorrupted(let context) where !context.codingPath.isEmpty:
                .invalidJSON("\(Self.place(context.codingPath)): has a value that cannot be read")
            default: .invalidJSON("The request body is not valid JSON")
            }
    }

    /// `'body.url'`, `'to[3]'`, or the body as a whole.
    private static func place(_ path: [any CodingKey]) -> String {
        guard !path.isEmpty else { return "The request body" }
        let place = path.reduce(into: "") { place, key in
            // The name of a member that is a number has an integer value too, and may be somebody's.
            if let index = key.intValue, key.stringValue.isExactly("Index \(index)") {
                place += "[\(index)]"
            } else {
                place += (place.isEmpty ? "" : ".") + key.stringValue.excerpt.description
            }
        }
        return "'\(place)'"
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
