/// What an update says of a member.
package enum Change<Value> {
    /// Nothing: it is absent and stays as it is.
    case kept
    /// It goes back to its default.
    case null
    case set(Value)

    package func apply(to member: inout Value?) {
        switch self {
        case .kept: break
        case .null: member = nil
        case .set(let value): member = value
        }
    }

    /// The value of a member that always has one.
    package func value(instead old: Value, byDefault: Value) -> Value {
        switch self {
        case .kept: old
        case .null: byDefault
        case .set(let value): value
        }
    }
}

extension Change: Equatable where Value: Equatable {}

extension Change: Sendable where Value: Sendable {}

extension KeyedDecodingContainer {
    /// - Parameter read: the value of the member, which is there; nil for null.
    /// - Throws: for a value of the wrong type.
    package func change<Value>(
        _ key: Key, _ read: (Self, Key) throws -> Value?
    ) throws(MalformedRequest) -> Change<Value> {
        guard contains(key) else { return .kept }
        do {
            return try read(self, key).map(Change.set) ?? .null
        } catch let fault as MalformedRequest {
            throw fault
        } catch let error as DecodingError {
            throw MalformedRequest(error)
        } catch {
            throw .invalidJSON("The request body is not valid JSON")
        }
    }

    /// The change of a value that decodes itself.
    package func change<Value: Decodable>(_ key: Key) throws(MalformedRequest) -> Change<Value> {
        try change(key) { members, key in try members.decodeIfPresent(Value.self, forKey: key) }
    }
}
