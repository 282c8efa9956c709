/// `=?charset?B?...?=` in texts, which some peers use for subjects and file names. (RFC 2047)
package enum EncodedWord {
    /// Decodes every encoded word; white space between two of them belongs to neither.
    package static func decode(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "?")) else { return text }
        var decoded = ""
        var rest = text[...]
        // Octets of one charset are decoded together: some cut a character in two between words.
        var run: (charset: String, bytes: [UInt8])?
        var runs = 0
        func flush() {
            if let run { decoded += Charset.decodeText(run.bytes[...], charset: run.charset) }
            run = nil
        }
        // Where the end of one word was not found, no later word has one either.
        var isEndThere = true
        while isEndThere, runs <= Self.runLimit, let start = rest.firstRangeOfASCII("=?") {
            let before = rest[..<start]
            guard let word = word(at: rest[start...], &isEndThere) else {
                flush()
                let end = rest.utf8.index(start, offsetBy: 2)
                decoded += rest[..<end]
                rest = rest[end...]
                continue
            }
            if run == nil || !before.allSatisfy(\.isWhitespace) {
                flush()
                decoded += before
            }
            if let last = run?.charset, last != word.charset { flush() }
            if run == nil {
                run = (word.charset, [])
                runs += 1
            }
            run?.bytes += word.bytes
            rest = word.rest
        }
        flush()
        return decoded + rest
    }

    /// The most pieces of a text that are decoded each by itself; the rest stays as it is. Starting a charset costs
    /// more than decoding a thousand octets in it.
    private static let runLimit = 256

    /// Encodes a text in words of at most 75 characters, cut between characters. ASCII that does not look like an
    /// encoded word stays as it is.
    static func encode(_ text: String) -> String {
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) || text.contains("=?") else { return text }
        var words: [String] = []
        var run: [UInt8] = []
        func flush() {
            guard !run.isEmpty else { return }
            words.append("=?utf-8?B?" + String(decoding: Base64.encode(run[...], lineLength: 0), as: UTF8.self) + "?=")
            run = []
        }
        for scalar in text.unicodeScalars {
            let bytes = UTF8.encode(scalar).map(Array.init) ?? []
            if run.count + bytes.count > 45 { flush() }
            run += bytes
        }
        flush()
        return words.joined(separator: " ")
    }

    /// - Parameter isEndThere: set to false where no end of a word follows that place.
    private static func word(
        at text: Substring, _ isEndThere: inout Bool
    ) -> (charset: String, bytes: ArraySlice<UInt8>, rest: Substring)? {
        let fields = text.utf8.dropFirst(2).split(
            separator: UInt8(ascii: "?"), maxSplits: 2, omittingEmptySubsequences: false
        ).map { Substring($0) }
        // A question mark inside the word ought to be encoded; it does not end the word.
        guard fields.count == 3, ["B", "b", "Q", "q"].contains(fields[1]) else { return nil }
        guard let end = fields[2].firstRangeOfASCII("?=") else {
            isEndThere = false
            return nil
        }
        let encoded = fields[2][..<end]
        let bytes: ArraySlice<UInt8>
        switch fields[1] {
        case "B", "b": bytes = Base64.decode(Array(encoded.utf8)[...])[...]
        case "Q", "q":
            let spaced = encoded.utf8.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }
            bytes = PartEncoding.decode(spaced[...], "quoted-printable")
        default: return nil
        }
        // A language may follow the charset. (RFC 2231, 5)
        let charset = Substring(fields[0].utf8.prefix { $0 != UInt8(ascii: "*") })
        return (charset.lowercased(), bytes, Substring(fields[2].utf8[end...].dropFirst(2)))
    }
}
