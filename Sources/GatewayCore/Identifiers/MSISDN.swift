/// An international subscriber number as digits alone: no `+`, no `00`, 7 to 15 digits (E.164, 6.2.1), the first of
/// them not 0, as no country code begins with it.
package struct MSISDN: Hashable, Sendable {
    package let digits: String

    /// Reads a number with `+`, with `00` or bare; blanks, dashes, dots and brackets are ignored, also the blanks and
    /// dashes that word processors and web pages put in the place of plain ones.
    ///
    /// Returns nil when anything else is in it, the count of digits is not one of a number, or they begin with a zero
    /// that is not part of the one `00`. So `digits` read again are themselves.
    package init?(_ text: some StringProtocol) {
        var digits: [UInt8] = []
        var hasPlus = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9":
                // With `00` before it, a number has two more digits than it has otherwise.
                guard digits.count < 17 else { return nil }
                digits.append(UInt8(truncatingIfNeeded: scalar.value))
            case "+" where digits.isEmpty && !hasPlus: hasPlus = true
            case _ where Self.isPunctuation(scalar): continue
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

    /// What people write between the digits of a number.
    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " ", "-", "(", ")", ".", "\t", "\n", "\r", "\u{B}", "\u{C}", "\u{85}", "\u{2212}": true
        case _ where scalar.isASCII: false
        default:
            switch scalar.properties.generalCategory {
            case .spaceSeparator, .lineSeparator, .paragraphSeparator, .dashPunctuation: true
            default: false
            }
        }
    }

    /// The first character that no number has and that shows nothing, or looks like another, as `U+202A`; nil where all
    /// that does not belong there can be read.
    package static func hiddenObstacle(in text: some StringProtocol) -> String? {
        let obstacle = text.unicodeScalars.first { scalar in
            !(0x20..<0x7F).contains(scalar.value) && !isPunctuation(scalar)
        }
        guard let obstacle else { return nil }
        let digits = String(obstacle.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
}

/// For people: the last three digits, so that no log and no error text holds a subscriber's number.
extension MSISDN: CustomStringConvertible {
    package var description: String { "…\(digits.suffix(3))" }
}
