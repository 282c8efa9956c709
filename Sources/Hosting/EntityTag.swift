import GatewayCore

/// The strong tag of a content, its hash: equal bytes have equal tags, whatever link they come by. (RFC 9110, 8.8.3)
struct EntityTag: Equatable, Sendable {
    let text: String

    init(hash: String) { text = "\"\(hash)\"" }

    /// Whether `If-None-Match` has it, so that the client need not be sent what it has. A weak tag will do.
    /// (RFC 9110, 13.1.2)
    func isAmong(_ header: String?) -> Bool {
        guard let header else { return false }
        return header.pieces(at: ",").contains { part in
            let tag = part.withoutOuterBlanks
            return tag.isExactly("*") || tag.isExactly(text) || tag.isExactly("W/" + text)
        }
    }

    /// Whether `If-Range` lets a range stand. A date is none of ours: it asks for the whole. (RFC 9110, 13.1.5)
    func permitsRange(ifRange header: String?) -> Bool {
        header.map { $0 == text } ?? true
    }
}
