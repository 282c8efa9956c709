import GatewayCore
import MM7

/// The body of a post as an operator may see it: how it is built, and nothing that a subscriber wrote, no number and no
/// secret. What is not known to be harmless is masked.
struct MaskedPost {
    /// The delimiters of parts, without their dashes.
    private var boundaries: Set<Substring> = []
    private var lines: [String] = []
    /// The lines since the last delimiter or the end of the headers.
    private var body: [Substring] = []
    private var isInHeaders = false
    /// What the headers say of the content; nil where they say nothing.
    private var isMarkup: Bool?

    /// - Parameter contentType: the header of the post.
    static func text(of body: ArraySlice<UInt8>, contentType: String?) -> String {
        let text = String(decoding: body, as: UTF8.self)
        var post = MaskedPost()
        post.note(boundaryIn: contentType)
        // With CRLF in one Character, a line's end is found octet by octet.
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
            Substring($0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0)
        }
        // A delimiter that no header names stands at the beginning.
        if let first = lines.first, first.hasPrefix("--") { post.boundaries.insert(first.dropFirst(2)) }
        for line in lines { post.take(line) }
        post.endBody()
        return post.lines.joined(separator: "\n")
    }

    /// A Content-Type: the type and those parameters that say how the body is built.
    static func shown(contentType value: String) -> String {
        guard let type = ContentType(value) else { return MaskedMarkup.mask }
        let parameters = type.parameters.sorted { $0.key < $1.key }.map { key, value in
            "; \(word(key))=\(kept.contains(key) ? word(value) : MaskedMarkup.mask)"
        }
        return word(type.essence) + parameters.joined()
    }

    private static let kept: Set = ["charset", "boundary", "type", "start"]
    private static let longestBoundary = 70

    private mutating func take(_ line: Substring) {
        if isDelimiter(line) {
            endBody()
            lines.append(Self.word(line))
            (isInHeaders, isMarkup) = (true, nil)
        } else if !isInHeaders {
            body.append(line)
        } else if line.isEmpty {
            isInHeaders = false
            lines.append("")
        } else {
            take(header: line)
        }
    }

    private func isDelimiter(_ line: Substring) -> Bool {
        guard line.hasPrefix("--"), line.utf8.count <= Self.longestBoundary + 4 else { return false }
        let boundary = line.dropFirst(2)
        return boundaries.contains(boundary) || boundary.hasSuffix("--") && boundaries.contains(boundary.dropLast(2))
    }

    private mutating func take(header line: Substring) {
        let name = line.prefix { $0 != ":" }
        guard name.endIndex < line.endIndex, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            lines.append(MaskedMarkup.mask)
            return
        }
        let value = line[name.endIndex...].dropFirst().drop(while: \.isWhitespace)
        switch name.lowercased() {
        case "content-type":
            note(boundaryIn: String(value))
            isMarkup = ContentType(String(value)).map { type in ["xml", "smil"].contains { type.subtype.contains($0) } }
            lines.append("\(name): \(Self.shown(contentType: String(value)))")
        case "content-transfer-encoding", "content-id": lines.append("\(name): \(Self.word(value))")
        default: lines.append("\(Self.word(name)): \(MaskedMarkup.mask)")
        }
    }

    private mutating func note(boundaryIn contentType: String?) {
        guard let boundary = contentType.flatMap({ ContentType($0) })?.parameters["boundary"] else { return }
        boundaries.insert(boundary[...])
    }

    private mutating func endBody() {
        guard !body.isEmpty else { return }
        let content = body.joined(separator: "\n")
        body = []
        let beginsAsMarkup = content.drop(while: \.isWhitespace).utf8.first == UInt8(ascii: "<")
        if isMarkup ?? beginsAsMarkup {
            lines.append(MaskedMarkup(content[...]).text)
        } else {
            lines.append("(\(content.utf8.count) bytes)")
        }
    }

    /// A text without blanks, as identifiers and delimiters are; any other may be somebody's words.
    private static func word(_ text: some StringProtocol) -> String {
        let isWord = text.utf8.count <= 200 && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        return isWord ? PeerText(text).description : MaskedMarkup.mask
    }
}
