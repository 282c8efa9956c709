/// A vCard: lines from BEGIN:VCARD to END:VCARD, in any case of letters. (RFC 6350, 3.3)
enum VCard {
    ///
    /// - Parameter kind: `vcalendar` for an iCalendar, which is built alike. (RFC 5545, 3.4)
    static func isStart(_ head: [UInt8], of kind: String = "vcard") -> Bool {
        // Some programs put a byte order mark and empty lines before it.
        let text = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head[...]
        return isFirst("begin:\(kind)", in: text)
    }

    static func facts(of file: [UInt8], as format: MediaFormat = .vCard) throws(Damage) -> MediaFacts {
        guard let end = file.lastIndex(where: { $0 > 0x20 }) else { throw Damage() }
        let start = file[...end].lastIndex(where: isLineEnd) ?? file.startIndex
        guard isFirst(format == .vCard ? "end:vcard" : "end:vcalendar", in: file[start...end]) else { throw Damage() }
        return MediaFacts(format)
    }

    /// Whether a line says which charset it is in, as those of version 2.1 may.
    static func namesCharset(_ file: [UInt8]) -> Bool {
        let word = Array(";charset=".utf8)
        return file.indices.contains { index in
            file[index] == word[0] && file.count - index >= word.count
                && zip(word, file[index...]).allSatisfy { $0 == ((0x41...0x5A).contains($1) ? $1 | 0x20 : $1) }
        }
    }

    private static func isFirst(_ word: String, in text: ArraySlice<UInt8>) -> Bool {
        let start = text.drop { isLineEnd($0) || $0 == 0x20 || $0 == 0x09 }.prefix(word.utf8.count)
        return start.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }.elementsEqual(word.utf8)
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}
