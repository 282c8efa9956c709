/// The header fields of a body part that matter here. (RFC 2045, 3)
struct PartHeaders {
    var contentType: ContentType?
    var contentID: String?
    var contentLocation: String?
    var transferEncoding: String?
    var fileName: String?

    /// Reads an unfolded or folded block. Where a field is repeated, the first counts; a line that is no field is
    /// skipped.
    init(_ block: ArraySlice<UInt8>) {
        for line in Self.unfold(block) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let name = line[..<colon].trimmed
            // A value becomes a text only where it is needed: most of the time to read a message goes into its headers.
            let value = line[(colon + 1)...].trimmed
            guard !value.isEmpty else { continue }
            func isNamed(_ wanted: StaticString) -> Bool { Self.equal(name, wanted) }
            if isNamed("content-type") {
                contentType = contentType ?? ContentType(HeaderFields(value))
            } else if isNamed("content-id") {
                contentID = contentID ?? Self.withoutBrackets(Self.text(value))
            } else if isNamed("content-location") {
                contentLocation = contentLocation ?? Self.withoutQuotes(EncodedWord.decode(Self.text(value)).inOneLine)
            } else if isNamed("content-transfer-encoding") {
                var fields = HeaderFields(value)
                transferEncoding = transferEncoding ?? Self.text(fields.next()).lowercased()
            } else if isNamed("content-disposition") {
                var fields = HeaderFields(value)
                _ = fields.next()
                fileName = fileName ?? fields.parameters()["filename"]
            }
        }
    }

    /// True if the octets are nothing but ended lines of MIME fields, so that no media can be among them.
    static func isWhole(_ block: ArraySlice<UInt8>) -> Bool {
        guard let last = block.last else { return true }
        return last == UInt8(ascii: "\n")
            && unfold(block).allSatisfy { Substring(decoding: $0.prefix(8), as: UTF8.self).hasASCIIPrefix("content-") }
    }

    /// The `name` of Content-Type, else the `filename` of Content-Disposition; the first that is not blank.
    var name: String? {
        [contentType?.parameters["name"], fileName].lazy.compactMap(\.self)
            .map { EncodedWord.decode($0).inOneLine }
            .first { !$0.utf8.allSatisfy(\.isXMLSpace) }
    }

    /// `x@y` of `<x@y>`.
    static func withoutBrackets(_ value: String) -> String {
        var text = Substring(value).trimmed
        if text.utf8.first == UInt8(ascii: "<") { text = Substring(text.utf8.dropFirst()) }
        if text.utf8.last == UInt8(ascii: ">") { text = Substring(text.utf8.dropLast()) }
        return String(text.trimmed)
    }

    private static func withoutQuotes(_ value: String) -> String {
        let quote = UInt8(ascii: "\"")
        let isQuoted = value.utf8.count >= 2 && value.utf8.first == quote && value.utf8.last == quote
        return isQuoted ? String(Substring(value.utf8.dropFirst().dropLast())) : value
    }

    /// The lines of a block, each a slice of it unless it had to be put together.
    private static func unfold(_ block: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        for line in block.split(separator: UInt8(ascii: "\n")) {
            let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            if let first = text.first, first == 0x20 || first == 0x09, !lines.isEmpty {
                lines[lines.count - 1] += text
            } else {
                lines.append(text)
            }
        }
        return lines
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    /// Whether a name is the wanted one, which is in lower case; letter case is ignored.
    private static func equal(_ name: ArraySlice<UInt8>, _ wanted: StaticString) -> Bool {
        name.count == wanted.utf8CodeUnitCount
            && name.indices.allSatisfy { name[$0].lowercasedASCII == wanted.utf8Start[$0 - name.startIndex] }
    }
}
