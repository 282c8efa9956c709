/// A web server that may keep work waiting: scheme, host and port of a URL as they are written. It holds nothing of the
/// URL that may be secret. Other spellings of one server count as others; whoever writes them is bounded as a customer.
package struct WebServer: Hashable, Sendable, CustomStringConvertible {
    /// `https://media.example:443`, in lower case.
    package let description: String

    /// - Parameter url: anything; what is no URL is a server of its own kind.
    package init(of url: String) {
        let text = Substring(url.utf8.prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") })
        guard let (scheme, rest) = text.halves(at: ":"), rest.utf8.starts(with: "//".utf8) else {
            description = ""
            return
        }
        var server = rest.utf8.dropFirst(2).prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\\") }
        if let userEnd = server.lastIndex(of: UInt8(ascii: "@")) { server = server[server.index(after: userEnd)...] }
        // A colon behind the brackets of an IPv6 address, or behind a name.
        let tail = server.lastIndex(of: UInt8(ascii: "]")).map { server[$0...] } ?? server
        let port = tail.contains(UInt8(ascii: ":")) ? "" : scheme.isWord("http") ? ":80" : ":443"
        let whole = "\(scheme)://\(Substring(server))\(port)".lowercased()
        description = String(decoding: whole.utf8.prefix(Self.limit), as: UTF8.self)
    }

    /// One that was kept by its description; empty for none at all.
    package init(description: String) { self.description = description }

    /// The longest description, in octets: a name of the DNS has 253 at most.
    private static let limit = 300
}
