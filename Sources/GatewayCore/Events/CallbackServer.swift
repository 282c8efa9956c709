/// The server behind a callback address, as its text has it. Other spellings of one server count as others; whoever
/// writes them is bounded as a customer.
package enum CallbackServer {
    /// Scheme, host and port in lower case, without a user; the port that belongs to the scheme is left out.
    package static func name(in url: String) -> String {
        let bytes = Array(url.utf8)
        guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: "://".utf8) }) else { return "" }
        let scheme = String(decoding: bytes[..<start], as: UTF8.self).lowercased()
        let authority = bytes[(start + 3)...].prefix { !"/?#".utf8.contains($0) }
        let at = authority.lastIndex(of: UInt8(ascii: "@")).map { $0 + 1 } ?? authority.startIndex
        var host = String(decoding: authority[at...], as: UTF8.self).lowercased()
        let usual = scheme == "https" ? ":443" : ":80"
        if host.hasSuffix(usual) { host.removeLast(usual.count) }
        return "\(scheme)://\(host)"
    }
}

extension Batch {
    /// The target that the batch names: the server of its own callback address; empty where it has none.
    package var target: String { order.callbackURL.map(CallbackServer.name(in:)) ?? "" }
}
