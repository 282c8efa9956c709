import GatewayCore
import MM7

/// The name of a file: the last part of a path, decoded, without characters that control a terminal or a file system.
package struct MediaName: Equatable, Sendable {
    package let text: String

    /// The longest name, in octets, the extension included.
    private static let limit = 100

    /// - Parameter given: anything; nil where nothing of it is left.
    package init?(_ given: String) {
        let last = given.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        // Direction marks and control characters are removed; only the beginning of a very long text is read.
        let scalars = last.unicodeScalars.prefix(1000).filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
            default: scalar != "\u{FFFD}"
            }
        }
        var name = String(String.UnicodeScalarView(scalars))[...]
        while let first = name.first, first == " " || first == "." { name.removeFirst() }
        while let last = name.last, last == " " || last == "." { name.removeLast() }
        guard !name.isEmpty else { return nil }
        text = Self.shortened(name)
    }

    /// The last part of the path of a URL.
    package init?(inURL url: String) {
        // "https:", "", the host, then the path.
        let pieces = url.prefix { $0 != "?" && $0 != "#" }.split(separator: "/", omittingEmptySubsequences: false)
        guard pieces.count > 3, let last = pieces.last else { return nil }
        self.init(Self.percentDecoded(String(last)))
    }

    /// The `filename` of a Content-Disposition, in any of its forms. (RFC 6266, 4.3; RFC 8187)
    package init?(contentDisposition header: String) {
        // It is built like a Content-Type: a word, then parameters.
        guard let given = ContentType(header)?.parameters["filename"] else { return nil }
        // Some write the name as in mail, and some as in a URL.
        self.init(Self.percentDecoded(EncodedWord.decode(given)))
    }

    /// The text with `%41` and the like decoded; unchanged where the result is not UTF-8.
    private static func percentDecoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        let octets = Array(text.utf8)
        var decoded: [UInt8] = []
        var index = 0
        while index < octets.count {
            if octets[index] == UInt8(ascii: "%"), octets.count - index > 2,
                let octet = UInt8(String(decoding: octets[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
            {
                decoded.append(octet)
                index += 3
            } else {
                decoded.append(octets[index])
                index += 1
            }
        }
        return String(validating: decoded, as: UTF8.self) ?? text
    }

    private static func shortened(_ name: Substring) -> String {
        guard name.utf8.count > limit else { return String(name) }
        let dot = name.lastIndex(of: ".") ?? name.endIndex
        let fits = name[dot...].utf8.count <= 12
        let tail = fits ? name[dot...] : ""
        var head = fits ? name[..<dot] : name
        while head.utf8.count + tail.utf8.count > limit { head.unicodeScalars.removeLast() }
        return String(head) + tail
    }
}
