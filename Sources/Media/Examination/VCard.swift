/// A vCard: lines from BEGIN:VCARD to END:VCARD, in any case of letters. (RFC 6350, 3.3)
enum VCard {
    static func isStart(_ head: [UInt8]) -> Bool {
        // Some programs put a byte order mark and empty lines before it.
        let text = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head[...]
        return isFirst("begin:vcard", in: text)
    }

    static func facts(of file: [UInt8]) throws(Damage) -> MediaFacts {
        guard let end = file.lastIndex(where: { $0 > 0x20 }) else { throw Damage() }
        let start = file[...end].lastIndex(where: isLineEnd) ?? file.startIndex
        guard isFirst("end:vcard", in: file[start...end]) else { throw Damage() }
        return MediaFacts(.vCard)
    }

    private static func isFirst(_ word: String, in text: ArraySlice<UInt8>) -> Bool {
        let start = text.drop { isLineEnd($0) || $0 == 0x20 || $0 == 0x09 }.prefix(word.utf8.count)
        return start.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }.elementsEqual(word.utf8)
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}
