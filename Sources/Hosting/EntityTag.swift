import GatewayCore

/// The strong tag of a content, which is its hash: equal bytes have equal tags under any link. (RFC 9110, 8.8.3)
struct EntityTag: Equatable, Sendable {
    let text: String

    init(hash: String) { text = "\"\(hash)\"" }

    /// Whether `If-None-Match` has the tag, so that the client already has the content. A weak tag is enough. (RFC
    /// 9110, 13.1.2)
    func isAmong(_ header: String?) -> Bool {
        guard let header else { return false }
        return header.pieces(at: ",").contains { part in
            let tag = part.withoutOuterBlanks
            return tag.isExactly("*") || tag.isExactly(text) || tag.isExactly("W/" + text)
        }
    }

    /// Whether `If-Range` permits a range. A date never matches, so the whole content is sent. (RFC 9110, 13.1.5)
    func permitsRange(ifRange header: String?) -> Bool {
        header.map { $0 == text } ?? true
    }
}
