import GatewayCore

/// The body of a post as an operator may see it: how it is built, and nothing that a subscriber wrote, no number and no
/// secret. What is not known to be harmless is masked.
enum MaskedPost {
    static func text(of body: ArraySlice<UInt8>) -> String {
        let text = String(decoding: body, as: UTF8.self)
        let start = text.drop(while: \.isWhitespace)
        if start.utf8.starts(with: "--".utf8) { return parts(of: text[...]) }
        if start.utf8.first == UInt8(ascii: "<") { return MaskedMarkup(text[...]).text }
        // Some write a preamble before the parts.
        return text.utf8.firstRange(of: "\n--".utf8) != nil ? parts(of: text[...]) : note(on: text[...])
    }

    /// A header's value: the word before the parameters, and those parameters that say how the body is built.
    static func header(_ value: String) -> String {
        let words = value.split(separator: ";", omittingEmptySubsequences: false)
        let parameters = words.dropFirst().map { parameter -> String in
            let pair = parameter.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, let key = pair[0].split(whereSeparator: \.isWhitespace).last else {
                return MaskedMarkup.mask
            }
            let isKept = kept.contains(key.lowercased())
            return "\(PeerText(key, limit: 32))=\(isKept ? PeerText(pair[1]).description : MaskedMarkup.mask)"
        }
        return ([PeerText(words.first ?? "").description] + parameters).joined(separator: "; ")
    }

    private static let kept: Set = ["charset", "boundary", "type", "start"]
    /// Headers of parts whose values are shown.
    private static let headers: Set = ["content-type", "content-transfer-encoding", "content-id"]

    /// Delimiters and headers line by line, and what is between them by its type.
    private static func parts(of text: Substring) -> String {
        var lines: [String] = []
        var body: [Substring] = []
        var isInHeaders = false
        var isMarkup: Bool?
        func endBody() {
            guard !body.isEmpty else { return }
            let content = body.joined(separator: "\n")
            let beginsAsMarkup = content.drop(while: \.isWhitespace).utf8.first == UInt8(ascii: "<")
            lines.append(
                isMarkup ?? beginsAsMarkup ? MaskedMarkup(content[...]).text : note(on: content[...]))
            body = []
        }
        // With CRLF in one Character, a line's end is found octet by octet.
        for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let line = Substring(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
            if line.utf8.starts(with: "--".utf8), line.utf8.count <= 200 {
                endBody()
                lines.append(PeerText(line).description)
                (isInHeaders, isMarkup) = (true, nil)
            } else if isInHeaders {
                if line.isEmpty {
                    isInHeaders = false
                    lines.append("")
                } else {
                    let (shown, type) = header(line: line)
                    lines.append(shown)
                    if let type { isMarkup = type.contains("xml") || type.contains("smil") }
                }
            } else {
                body.append(line)
            }
        }
        endBody()
        return lines.joined(separator: "\n")
    }

    /// - Returns: the line as it is shown, and the media type where it has that.
    private static func header(line: Substring) -> (shown: String, type: String?) {
        guard let colon = line.firstIndex(of: ":") else { return (MaskedMarkup.mask, nil) }
        let name = line[..<colon]
        let value = String(line[colon...].dropFirst().drop(while: \.isWhitespace))
        let key = name.lowercased()
        guard headers.contains(key) else { return ("\(PeerText(name, limit: 64)): \(MaskedMarkup.mask)", nil) }
        return ("\(name): \(header(value))", key == "content-type" ? value.lowercased() : nil)
    }

    private static func note(on content: Substring) -> String { "(\(content.utf8.count) bytes)" }
}
