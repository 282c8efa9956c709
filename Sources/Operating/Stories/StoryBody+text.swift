extension StoryBody {
    /// The story for a terminal.
    var text: String { styled.plain }

    /// The story for a terminal that shows colours.
    var styled: StyledText {
        let rest = ["", history.map { "\($0.at)  \($0.what)" }.joined(separator: "\n")] + exchange
        return facts.joined + StyledText(rest.joined(separator: "\n\n"))
    }

    private var facts: [StyledText] {
        let media = batch.media.map { medium in
            let words = [medium.url, medium.type, medium.bytes.map { inWords(bytes: $0) }]
            return (name: "media", value: Optional(words.compactMap(\.self).joined(separator: "  ")))
        }
        let facts: [(name: String, value: String?)] =
            [
                ("message", id), ("state", state), ("recipient", recipient), ("originator", originator),
                ("MMSC", mmsc), ("MessageID", messageID), ("TransactionID", transactionID),
                ("carriers", carriers.isEmpty ? "none" : carriers.joined(separator: " ")), ("next try", dueAt),
                ("expires", expireAt), ("batch", batch.id), ("of", batch.owner), ("wants", batch.interest),
                ("reference", batch.clientReference),
                ("request", batch.requestID), ("subject", batch.subject), ("text", batch.text),
            ] + media + [
                ("media is", mediaWait), ("media error", batch.mediaWords),
            ]
        return facts.compactMap { name, value in
            value.map { value in
                StyledText(name + String(repeating: " ", count: 15 - name.count))
                    + (name == "state" ? .state(value) : StyledText(value))
            }
        }
    }

    /// What is known of media that is not here yet; nil before its first try.
    private var mediaWait: String? {
        guard let dueAt = batch.mediaDueAt, let reason = batch.mediaReason else { return nil }
        let tries = batch.mediaTries ?? 0
        return "not here after \(tries) \(tries == 1 ? "try" : "tries"), tried again at \(dueAt): \(reason)"
    }

    private var exchange: [String] {
        var blocks: [String] = []
        if let request {
            blocks.append(
                (["POST \(request.url)"] + request.headers + ["", request.envelope.brokenBetweenTags])
                    .joined(separator: "\n"))
            if !request.parts.isEmpty { blocks.append("parts\n" + request.parts.joined(separator: "\n")) }
        }
        if let requestNote { blocks.append("(\(requestNote))") }
        return blocks + answers.map { "answer of \($0.mmsc) to attempt \($0.attempt)\n\($0.text.brokenBetweenTags)" }
    }
}

extension String {
    /// XML that is on one line (apart from its declaration) with one indented line for each element. Other text stays
    /// as it is.
    var brokenBetweenTags: String {
        let lines = split(separator: "\n")
        guard let body = lines.last, body.hasPrefix("<"), lines.dropLast().allSatisfy({ $0.hasPrefix("<?xml") }),
            lines.count <= 2
        else { return self }
        var result = lines.count == 2 ? String(lines[0]) : ""
        var depth = 0
        for piece in body.split(separator: "<", omittingEmptySubsequences: true) {
            let isEnd = piece.hasPrefix("/")
            if isEnd { depth = max(depth - 1, 0) }
            // An end tag after a text stays on the line of its start tag.
            if result.isEmpty || result.last == ">" {
                result += (result.isEmpty ? "" : "\n") + String(repeating: "  ", count: depth)
            }
            result += "<" + piece
            let isEmpty = piece.firstRange(of: "/>") != nil
            if !isEnd, !isEmpty, !piece.hasPrefix("?"), !piece.hasPrefix("!") { depth += 1 }
        }
        return result
    }
}
