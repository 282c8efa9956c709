/// Reading what a peer wrote, octet by octet.
///
/// A Swift `Character` is what a reader sees as one sign: a delimiter with a combining mark, a joiner or a variation
/// selector behind it is not that delimiter, CR and LF are one, and `==` takes texts for equal that differ in octets.
/// None of that holds in a protocol.
///
/// Everything here is inlinable, because every request is read by it: generic code that is called from another module
/// costs ten times as much.
extension StringProtocol {
    /// The pieces between an ASCII delimiter.
    @inlinable
    package func pieces(
        at delimiter: Unicode.Scalar, maxSplits: Int = .max, omittingEmpty: Bool = true
    ) -> [SubSequence] {
        utf8.split(
            separator: UInt8(ascii: delimiter), maxSplits: maxSplits, omittingEmptySubsequences: omittingEmpty
        ).map { self[$0.startIndex..<$0.endIndex] }
    }

    /// The text before the first ASCII delimiter and the text behind it; nil where there is none.
    @inlinable
    package func halves(at delimiter: Unicode.Scalar) -> (SubSequence, SubSequence)? {
        guard let index = utf8.firstIndex(of: UInt8(ascii: delimiter)) else { return nil }
        return (self[..<index], self[utf8.index(after: index)...])
    }

    /// The text without blanks and tabs at both ends, as HTTP has them around values. (RFC 9110, 5.6.3)
    @inlinable
    package var withoutOuterBlanks: Substring {
        let isBlank = { (octet: UInt8) in octet == 0x20 || octet == 0x09 }
        var rest = Substring(self).utf8.drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return Substring(rest)
    }

    /// Whether the octets are those of the word.
    @inlinable
    package func isExactly(_ word: some StringProtocol) -> Bool { utf8.elementsEqual(word.utf8) }

    /// Whether it is a word of a protocol, in which the case of A to Z means nothing.
    ///
    /// `lowercased()` makes a plain k of the Kelvin sign, which no protocol does.
    @inlinable
    package func isWord(_ word: some StringProtocol) -> Bool {
        utf8.elementsEqual(word.utf8) { $0.lowercasedASCII == $1.lowercasedASCII }
    }

    /// The text with A to Z in lower case, and all else as it is.
    @inlinable
    package var lowercasedASCII: String { String(decoding: utf8.map(\.lowercasedASCII), as: UTF8.self) }
}

extension UInt8 {
    @usableFromInline
    var lowercasedASCII: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
