import FoundationEssentials
import GatewayCore

/// Lists and small structures that are kept in one column each, as JSON.
package enum JSONColumn {
    static func text(_ value: some Encodable) throws(StoreFailure) -> String {
        do {
            return String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
        } catch {
            throw .broken("a value cannot be written as JSON")
        }
    }

    /// The same for text that answers repeat unchanged: members in order, and nothing escaped without need.
    static func sortedText(_ value: some Encodable) throws(StoreFailure) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            throw .broken("a value cannot be written as JSON")
        }
    }

    /// A value read back, outside of the connection's thread.
    static func value<Value: Decodable>(_ type: Value.Type, _ text: String) throws(StoreFailure) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw .broken("a value in the store is not the JSON that was written")
        }
    }

    /// Any texts as a list for `json_each`. A list that cannot be written becomes empty and matches nothing: a filter
    /// must never let more through than was asked for. Nothing that is listed has U+0000, which not every database reads.
    static func texts(_ texts: Set<String>) -> String {
        (try? text(texts.filter { !$0.utf8.contains(0) }.sorted())) ?? "[]"
    }

    /// The same for texts without anything that JSON would escape, such as ids and numbers.
    package static func plainList(_ texts: some Sequence<String>) -> String {
        "[" + texts.map { "\"\($0)\"" }.joined(separator: ",") + "]"
    }
}

extension Cell {
    func optionalJSON<Value: Decodable>(_ type: Value.Type) throws(SQLError) -> Value? {
        guard let text = optionalText() else { return nil }
        return try present(try? JSONDecoder().decode(type, from: Data(text.utf8)))
    }

    func json<Value: Decodable>(_ type: Value.Type) throws(SQLError) -> Value {
        try present(try optionalJSON(type))
    }
}
