/// A web server as far as it can keep work waiting: scheme, host and port of a URL. It holds nothing of the URL that may
/// be secret.
package struct WebServer: Hashable, Sendable, CustomStringConvertible {
    /// `https://media.example:443`, in lower case.
    package let description: String

    /// - Parameter url: anything; what is no URL is a server of its own kind.
    package init(of url: some StringProtocol) {
        let text = url.prefix { $0 != "#" && $0 != "?" }
        guard let mark = text.firstRange(of: "://") else {
            description = ""
            return
        }
        let scheme = text[..<mark.lowerBound].lowercased()
        var host = text[mark.upperBound...].prefix { $0 != "/" && $0 != "\\" }
        if let userEnd = host.lastIndex(of: "@") { host = host[host.index(after: userEnd)...] }
        let name = host.lowercased()
        // A colon behind the brackets of an IPv6 address, or behind a name.
        let tail = name.lastIndex(of: "]").map { name[$0...] } ?? name[...]
        let port = tail.contains(":") ? "" : scheme == "http" ? ":80" : ":443"
        description = String(decoding: "\(scheme)://\(name)\(port)".utf8.prefix(Self.limit), as: UTF8.self)
    }

    /// One that was kept by its description; empty for none at all.
    package init(description: String) { self.description = description }

    /// The longest description, in octets: a name of the DNS has 253 at most.
    private static let limit = 300
}
