import ConfigurationReading
import IPRanges

/// Where a server of ours listens: `127.0.0.1:9090`, `[::1]:8080`, or `:8080` for every IPv4 address.
package struct ListenAddress: Hashable, Sendable {
    /// An address without brackets, or a host name.
    package var host: String
    /// 0 takes a free port of the system's choice.
    package var port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    package init?(_ text: some StringProtocol) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[colon...].dropFirst()
        guard digits.utf8.allSatisfy(\.isDigit), let port = Int(digits), (0...65535).contains(port) else { return nil }
        let host = text[..<colon]
        if host.isEmpty {
            self.init(host: "0.0.0.0", port: port)
        } else if host.hasPrefix("["), host.hasSuffix("]") {
            let inner = host.dropFirst().dropLast()
            guard inner.contains(":"), IPAddress(inner) != nil else { return nil }
            self.init(host: String(inner), port: port)
        } else if Self.isName(host) {
            self.init(host: String(host), port: port)
        } else {
            return nil
        }
    }

    /// Whether two servers cannot listen on both addresses.
    package func collides(with other: ListenAddress) -> Bool {
        guard port == other.port, port != 0 else { return false }
        return host == other.host || isEverywhere || other.isEverywhere
    }

    private var isEverywhere: Bool { host == "0.0.0.0" || host == "::" }

    private static func isName(_ host: some StringProtocol) -> Bool {
        host.utf8.allSatisfy { $0.isDigit || $0.isLetter || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
    }
}

extension ListenAddress: CustomStringConvertible {
    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

extension ListenAddress {
    /// The URL by which this machine calls a server of ours that listens here, without a slash at the end.
    ///
    /// - Parameter isSecure: whether it speaks TLS.
    package func localURL(isSecure: Bool) -> String {
        // A server that listens on every address is called on the loopback address.
        let host = ["0.0.0.0", "::", ""].contains(host) ? "127.0.0.1" : host
        return "\(isSecure ? "https" : "http")://\(ListenAddress(host: host, port: port))"
    }
}
