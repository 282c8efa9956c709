import GatewayCore

/// The name of a file in a link and in its answer: one under which every system can save it.
struct FileName: Equatable, Sendable {
    let text: String

    /// Makes a name from any text that a sender gave: the last part of a path, without characters that control or
    /// change the direction of writing, at most 100 octets long with the extension kept.
    init(cleaning given: String) {
        // By octets: a slash with a mark on it is a slash to a file system.
        let last =
            given.utf8.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }.last.map { Substring($0) } ?? ""
        let scalars = last.unicodeScalars.filter { Self.isShown($0) && !"\"<>:|?*".unicodeScalars.contains($0) }
        let name = Self.shortened(String(String.UnicodeScalarView(scalars))).trimmed { $0 == " " || $0 == "." }
        text = name.isEmpty ? "file" : name
    }

    /// The name as a segment of a path. (RFC 3986, 2.3)
    var pathSegment: String { text.percentEncoded(but: "-._~") }

    /// A `Content-Disposition` of that type. Old clients read the first form of the name, all others the second.
    /// (RFC 6266, 4.3; RFC 8187, 3.2.1)
    func disposition(_ type: String) -> String {
        let plain = text.unicodeScalars.map { $0.isASCII && $0 != "%" ? Character($0) : "_" }
        return "\(type); filename=\"\(String(plain))\"; filename*=UTF-8''\(text.percentEncoded(but: "!#$&+-.^_`|~"))"
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
        default: true
        }
    }

    private static func shortened(_ name: String) -> String {
        guard name.utf8.count > longest else { return name }
        let dot = name.unicodeScalars.lastIndex(of: ".") ?? name.endIndex
        let fits = name[dot...].utf8.count <= 12
        let tail = fits ? name[dot...] : ""
        var head = fits ? name[..<dot] : name[...]
        while head.utf8.count + tail.utf8.count > longest { head.unicodeScalars.removeLast() }
        return String(head) + tail
    }

    private static let longest = 100
}

extension String {
    /// Every octet but letters, digits and those listed as `%41`.
    fileprivate func percentEncoded(but others: String) -> String {
        utf8.map { octet in
            let scalar = Unicode.Scalar(octet)
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            return isPlain || others.utf8.contains(octet)
                ? String(scalar) : "%" + [octet].hexadecimal.uppercased()
        }.joined()
    }

    fileprivate func trimmed(_ isEdge: (Character) -> Bool) -> String {
        var rest = self[...]
        while let first = rest.first, isEdge(first) { rest.removeFirst() }
        while let last = rest.last, isEdge(last) { rest.removeLast() }
        return String(rest)
    }
}
