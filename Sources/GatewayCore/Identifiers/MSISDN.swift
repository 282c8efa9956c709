/// An international subscriber number as digits alone: no `+`, no `00`, 7 to 15 digits (E.164, 6.2.1), the first of
/// them not 0, as no country code begins with it.
package struct MSISDN: Hashable, Sendable {
    package let digits: String

    /// Reads a number with `+`, with `00` or bare; blanks, dashes, dots and brackets are ignored.
    ///
    /// Returns nil when anything else is in it, the count of digits is not one of a number, or they begin with a zero
    /// that is not part of the one `00`. So `digits` read again are themselves.
    package init?(_ text: some StringProtocol) {
        var digits: [UInt8] = []
        var hasPlus = false
        for character in text.utf8 {
            switch character {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(character)
            case UInt8(ascii: "+") where digits.isEmpty && !hasPlus: hasPlus = true
            case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "."): continue
            default: return nil
            }
        }
        if digits.starts(with: "00".utf8) { digits.removeFirst(2) }
        guard (7...15).contains(digits.count), digits.first != UInt8(ascii: "0") else { return nil }
        self.digits = String(decoding: digits, as: UTF8.self)
    }

    /// The number whose `digits` were kept: nothing is checked again, so that what was once taken is always read.
    package init(storedDigits: String) {
        digits = storedDigits
    }
}

/// For people: the last three digits, so that no log and no error text holds a subscriber's number.
extension MSISDN: CustomStringConvertible {
    package var description: String { "…\(digits.suffix(3))" }
}
