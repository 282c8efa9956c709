import CustomerServing
import GatewayCore

/// A customer's own JSON about a conversation, and how it changes.
enum Metadata {
    /// The metadata after a request that names some.
    ///
    /// - Parameter kept: what there is; nil for nothing.
    /// - Throws: when what comes of it is longer than metadata may be.
    static func updated(
        _ kept: JSONValue?, with given: JSONValue, _ strategy: MetadataStrategy
    ) throws(MalformedRequest) -> JSONValue {
        guard strategy == .mergePatch else { return given }
        let merged = patched(kept ?? [:], with: given)
        try merged.text.checkLength(of: "conversation_metadata", limit: SendRequest.longestConversationMetadata)
        return merged
    }

    /// A value after a merge patch: null takes a member away, an object is merged, all else takes the place of what was
    /// there. (RFC 7396, 2)
    static func patched(_ target: JSONValue, with patch: JSONValue) -> JSONValue {
        guard case .object(let changes) = patch else { return patch }
        var result = if case .object = target { target } else { [:] as JSONValue }
        for change in changes {
            result[change.name] =
                change.value == .null ? nil : patched(result[change.name] ?? .null, with: change.value)
        }
        return result
    }

    /// The metadata of one message of a batch: the batch's, with the recipient's own values over it, and the batch's id
    /// as the last member, whatever was given under that name.
    static func merged(_ ofBatch: JSONValue?, _ ofRecipient: JSONValue?, batchID: String) -> JSONValue {
        var merged = ofBatch ?? [:]
        for member in ofRecipient?.members ?? [] { merged[member.name] = member.value }
        merged[batchKey] = nil
        merged[batchKey] = .string(batchID)
        return merged
    }

    static let batchKey = "_batch_id"
}
