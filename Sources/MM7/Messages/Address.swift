/// One address of a sender or recipient. (TS 23.140, addressType)
public struct Address: Sendable, Hashable {
    /// The element that carries an address.
    public enum Kind: Sendable, Hashable {
        /// `RFC2822Address`: a mail address, or a telephone number as `number/TYPE=PLMN@host`.
        case rfc2822
        /// `Number`: a telephone number.
        case number
        /// `ShortCode`: a service number of digits or letters.
        case shortCode
    }

    /// How an opaque address was made unreadable; such a value is passed on unchanged. (R6)
    public enum Coding: String, Sendable, Hashable {
        case encrypted, obfuscated
    }

    public var kind: Kind
    /// The text of the element as sent, without surrounding white space.
    public var value: String
    /// Shown to the recipients, but no copy goes there.
    public var isDisplayOnly: Bool
    public var coding: Coding?
    /// Names the address inside its document (xs:ID). (R6)
    public var id: String?

    public init(_ kind: Kind, _ value: String, isDisplayOnly: Bool = false, coding: Coding? = nil, id: String? = nil) {
        self.kind = kind
        self.value = value
        self.isDisplayOnly = isDisplayOnly
        self.coding = coding
        self.id = id
    }

    public static func msisdn(_ digits: String) -> Address { Address(.number, digits) }
    public static func shortCode(_ code: String) -> Address { Address(.shortCode, code) }
    public static func rfc2822(_ address: String) -> Address { Address(.rfc2822, address) }
}

extension Address {
    /// The form in which two spellings of one address are equal: without `/TYPE=PLMN` and what follows it, `tel:`, a
    /// leading `+` or `00`, blanks, punctuation and marks of text direction, and with ASCII digits. A mail address is
    /// only changed to lower case; an encrypted or obfuscated address is not changed.
    public var normalized: String {
        guard coding == nil else { return value }
        // Nearly all numbers come like this: only digits, without the international prefix.
        if value.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), kind == .shortCode || !value.utf8.starts(with: "00".utf8) {
            return value
        }
        var text = Substring(value).trimmed
        for scheme in ["tel:", "mailto:"] where text.hasASCIIPrefix(scheme) {
            text = text[text.utf8.index(text.startIndex, offsetBy: scheme.utf8.count)...]
        }
        let isTyped: Bool
        if let suffix = text.firstRangeOfASCII("/type=") {
            text = text[..<suffix]
            isTyped = true
        } else {
            isTyped = false
        }
        if kind == .rfc2822, !isTyped { return text.lowercased() }

        var digits = String(String.UnicodeScalarView(text.unicodeScalars.compactMap(\.partOfNumber)))
        if digits.utf8.first == UInt8(ascii: "+") {
            digits.unicodeScalars.removeFirst()
        } else if kind != .shortCode, digits.hasPrefix("00") {
            digits.removeFirst(2)
        }
        return digits
    }
}

extension String {
    /// The beginning of the text, of at most this many octets of UTF-8: a single character may have any number of
    /// octets.
    package func cut(to limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.index(utf8.startIndex, offsetBy: limit)
        while utf8[end] & 0xC0 == 0x80 { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}

extension Unicode.Scalar {
    /// The scalar as part of a telephone number: nil for blanks, dashes, dots, brackets and invisible marks; the ASCII
    /// character for a digit of any script and a plus sign of any width.
    fileprivate var partOfNumber: Unicode.Scalar? {
        switch self {
        case " ", "-", "(", ")", ".", "\t", "\n", "\r", "\u{2212}", "\u{FF08}", "\u{FF09}", "\u{FF0E}": return nil
        case "\u{FF0B}", "\u{FE62}": return "+"
        case _ where isASCII: return self
        default: break
        }
        switch properties.generalCategory {
        case .spaceSeparator, .lineSeparator, .paragraphSeparator, .dashPunctuation, .format: return nil
        case .decimalNumber:
            return properties.numericValue.map { Unicode.Scalar(UInt8(ascii: "0") + UInt8($0)) } ?? self
        default: return self
        }
    }
}

extension Substring {
    /// Without white space at both ends.
    var trimmed: Substring {
        // Nearly all text needs no more than this; looking every character up in Unicode's tables is slow.
        let utf8 = utf8
        guard let start = utf8.firstIndex(where: { !$0.isXMLSpace }),
            let end = utf8.lastIndex(where: { !$0.isXMLSpace })
        else { return prefix(0) }
        var text = Substring(utf8[start...end])
        if utf8[start] < 0x80, utf8[end] < 0x80 { return text }

        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }

    /// True if the text begins with a lower-case ASCII prefix, letter case ignored.
    func hasASCIIPrefix(_ prefix: String) -> Bool {
        utf8.count >= prefix.utf8.count && zip(utf8, prefix.utf8).allSatisfy { $0.lowercasedASCII == $1 }
    }

    /// Where a lower-case ASCII text begins, letter case ignored.
    func firstRangeOfASCII(_ wanted: String) -> Index? {
        // By octets: after some letters, Swift takes an ASCII character for a part of the letter.
        utf8.indices.first { self[$0...].hasASCIIPrefix(wanted) }
    }
}

extension UInt8 {
    /// The lower-case form of an ASCII capital, any other octet unchanged.
    var lowercasedASCII: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }

    /// Blank, tab, carriage return or line feed.
    var isXMLSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}
