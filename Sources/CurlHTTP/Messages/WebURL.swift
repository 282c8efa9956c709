import CCurl

/// A URL that a request can be sent to: one rule for the URLs of customers and operators and for those that the client
/// uses.
///
/// Whether its host exists, and may be called, is decided where it is called.
package struct WebURL: Sendable, Hashable {
    /// The URL as it is sent: in ASCII, with the host in its ASCII form and other characters beyond ASCII
    /// percent-encoded.
    package let text: String
    /// The host in lower case and ASCII, with numbers in the usual form: `0x7f.1` is `127.0.0.1`. An IPv6 address has
    /// no brackets.
    package let host: String
    /// The port; that of the scheme where the URL names none.
    package let port: Int
    package let isSecure: Bool
    /// Whether it has a user's name before the host.
    package let hasUser: Bool
    package let hasQuery: Bool
    package let hasFragment: Bool

    /// Scheme, host and port, which identify one server, whatever the path.
    package var origin: String { "\(isSecure ? "https" : "http")://\(host):\(port)" }

    /// - Throws: `.invalidURL` with the reason, which quotes nothing of the text.
    package init(_ text: String) throws(HTTPFailure) {
        let isVisible =
            text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
            || !text.unicodeScalars.contains(where: Self.isBlankOrControl)
        guard isVisible else {
            throw Self.fault("the URL has a blank or a control character")
        }
        let (scheme, rest) = try Self.splitScheme(of: text)
        let end = rest.utf8.firstIndex { "/?#".utf8.contains($0) } ?? rest.endIndex
        let authority = try Self.asciiAuthority(rest[..<end])
        let ascii = scheme + authority.text + Self.percentEncoded(rest[end...])
        let parts = try Self.parse(ascii)
        guard parts.host.hasPrefix("[") || Self.isName(parts.host) else {
            throw Self.fault("the URL's host is no name that can be looked up")
        }
        self.text = ascii
        host = parts.host.filter { $0 != "[" && $0 != "]" }.lowercased()
        port = parts.port
        isSecure = scheme.utf8.count == 8
        hasUser = authority.hasUser
        hasFragment = ascii.utf8.contains(UInt8(ascii: "#"))
        hasQuery = ascii.utf8.prefix { $0 != UInt8(ascii: "#") }.contains(UInt8(ascii: "?"))
    }

    private static func splitScheme(of text: String) throws(HTTPFailure) -> (scheme: String, rest: Substring) {
        for scheme in ["https://", "http://"] where text.utf8.count >= scheme.utf8.count {
            let end = text.utf8.index(text.startIndex, offsetBy: scheme.utf8.count)
            if HTTPHeaders.isSame(String(decoding: text.utf8[..<end], as: UTF8.self), scheme) {
                return (scheme, text[end...])
            }
        }
        throw fault("the URL does not begin with http:// or https://")
    }

    /// User, host and port, with the host in its ASCII form.
    private static func asciiAuthority(_ text: Substring) throws(HTTPFailure) -> (text: String, hasUser: Bool) {
        let at = text.utf8.lastIndex(of: UInt8(ascii: "@"))
        let user = at.map { percentEncoded(text[...$0]) } ?? ""
        let server = at.map { text[text.utf8.index(after: $0)...] } ?? text
        guard !server.isEmpty else { throw fault("the URL has no host") }
        guard server.utf8.first != UInt8(ascii: "[") else { return (user + server, at != nil) }
        let colon = server.utf8.firstIndex(of: UInt8(ascii: ":")) ?? server.endIndex
        guard let host = HostName.ascii(server[..<colon]) else {
            throw fault("the URL's host cannot be written in ASCII; give it in that form (xn--...)")
        }
        return (user + host + server[colon...], at != nil)
    }

    /// Parses the URL with libcurl, which also sends it.
    private static func parse(_ text: String) throws(HTTPFailure) -> (host: String, port: Int) {
        guard let handle = curl_url() else { throw HTTPFailure(.other(code: 27), "libcurl has no memory for a URL") }
        defer { curl_url_cleanup(handle) }
        guard curl_url_set(handle, CURLUPART_URL, text, 0) == CURLUE_OK,
            let host = part(CURLUPART_HOST, of: handle),
            let port = part(CURLUPART_PORT, of: handle).flatMap({ Int($0) }), (1...65535).contains(port)
        else { throw fault("the URL is not of the form scheme://host:port/path") }
        return (host, port)
    }

    private static func part(_ part: CURLUPart, of handle: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard ccurl_url_get(handle, part, &text) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }

    /// Labels of letters, digits, dashes and underscores, of at most 63 each and 253 together. (RFC 1035, 2.3.4)
    private static func isName(_ host: String) -> Bool {
        let labels = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let named = labels.last?.isEmpty == true ? labels.dropLast() : labels[...]
        return host.utf8.count <= 254 && !named.isEmpty
            && named.allSatisfy { label in
                (1...63).contains(label.count)
                    && label.allSatisfy { HostName.isPlain($0) || $0 == UInt8(ascii: "_") }
            }
    }

    private static func percentEncoded(_ text: Substring) -> String {
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return String(text) }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if byte < 0x80 {
                bytes.append(byte)
            } else {
                let digits = Array("0123456789ABCDEF".utf8)
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isBlankOrControl(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.isASCII else { return scalar.value <= 0x20 || scalar.value == 0x7F }
        return scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
    }

    private static func fault(_ reason: String) -> HTTPFailure { HTTPFailure(.invalidURL, reason) }
}
