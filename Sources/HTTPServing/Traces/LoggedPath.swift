import GatewayCore
import Hummingbird

/// What the log may have of the path of a request.
///
/// The words of its route are there as they are, ids too, and digits that may be a subscriber's number are cut to the
/// last three. What a peer may have put there by mistake is not: a value of a request that was refused for its
/// credentials, one that gives them away, and whatever no route has a word for. Of a link to media, which opens it, the
/// name is left out. The query is no part of it.
struct LoggedPath: Sendable {
    /// The words of all routes.
    private let words: Set<Substring>

    init(routes: [String]) {
        words = Set(routes.flatMap { $0.split(separator: "/").filter(\.isWord) })
    }

    /// - Parameters:
    ///   - route: its template, `/mm7/{mmsc}`; nil where none was found.
    ///   - isKnown: whether the peer was not refused for its credentials.
    func text(_ path: String, route: String?, isKnown: Bool, _ authorization: Authorization) -> String {
        let parts = path.split(separator: "/", maxSplits: 16)
        var text = ""
        if path.hasPrefix("/media/") { return "/media/…" }
        guard let route, route.first == "/" else {
            for part in parts.prefix(while: { words.contains($0) }) { text += "/\(part)" }
            return text.utf8.count == path.utf8.count && !path.isEmpty ? text : text + "/…"
        }
        let template = route.split(separator: "/")
        for (index, part) in parts.enumerated() {
            guard index < template.count, !template[index].hasPrefix("*") else { return text + "/…" }
            let value = part.withoutPercentEncoding ?? String(part)
            if template[index].isWord || ULID(part) != nil {
                text += "/\(part)"
            } else if isKnown, !authorization.isBetrayed(by: value) {
                text += "/\(PeerText(value, limit: 128))"
            } else {
                text += "/\(template[index])"
            }
        }
        return text.isEmpty ? "/" : text
    }
}

extension Substring {
    /// Whether it is the same in each path of the route.
    fileprivate var isWord: Bool { !contains("{") && !contains("*") }
}
