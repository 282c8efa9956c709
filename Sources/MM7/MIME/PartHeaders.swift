/// The header fields of a body part that matter here. (RFC 2045, 3)
struct PartHeaders {
    var contentType: ContentType?
    var contentID: String?
    var contentLocation: String?
    var transferEncoding: String?
    var fileName: String?

    /// Reads an unfolded or folded block; of a repeated field the first counts, a line that is no field is skipped.
    init(_ block: ArraySlice<UInt8>) {
        for line in Self.unfold(block) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let name = Substring(decoding: line[..<colon], as: UTF8.self).trimmed.lowercased()
            let value = String(Substring(decoding: line[(colon + 1)...], as: UTF8.self).trimmed)
            guard !value.isEmpty else { continue }
            switch name {
            case "content-type": contentType = contentType ?? ContentType(value)
            case "content-id": contentID = contentID ?? Self.withoutBrackets(value)
            case "content-location": contentLocation = contentLocation ?? Self.withoutQuotes(value)
            case "content-transfer-encoding": transferEncoding = transferEncoding ?? value.lowercased()
            case "content-disposition":
                var fields = HeaderFields(value)
                _ = fields.next()
                fileName = fileName ?? fields.parameters()["filename"]
            default: continue
            }
        }
    }

    /// True if the octets are nothing but ended lines of MIME fields, so that no media can be among them.
    static func isWhole(_ block: ArraySlice<UInt8>) -> Bool {
        guard let last = block.last else { return true }
        return last == UInt8(ascii: "\n")
            && unfold(block).allSatisfy { Substring(decoding: $0.prefix(8), as: UTF8.self).hasASCIIPrefix("content-") }
    }

    var name: String? { (contentType?.parameters["name"] ?? fileName).map { EncodedWord.decode($0) } }

    /// `x@y` of `<x@y>`.
    static func withoutBrackets(_ value: String) -> String {
        var text = Substring(value).trimmed
        if text.hasPrefix("<") { text.removeFirst() }
        if text.hasSuffix(">") { text.removeLast() }
        return String(text.trimmed)
    }

    private static func withoutQuotes(_ value: String) -> String {
        value.utf8.count >= 2 && value.hasPrefix("\"") && value.hasSuffix("\"")
            ? String(value.dropFirst().dropLast()) : value
    }

    private static func unfold(_ block: ArraySlice<UInt8>) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        for line in block.split(separator: UInt8(ascii: "\n")) {
            let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            if let first = text.first, first == 0x20 || first == 0x09, !lines.isEmpty {
                lines[lines.count - 1] += text
            } else {
                lines.append(Array(text))
            }
        }
        return lines
    }
}
