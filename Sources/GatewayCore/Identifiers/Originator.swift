package import MM7

/// Whom the handset shows as the sender: an international number, a short code, or a name of letters.
package struct Originator: Hashable, Sendable {
    /// Digits without `+` or `00`, or the name as given.
    package let text: String

    /// Reads a number, a short code (leading zeros kept) or 1 to 11 letters and digits.
    package init?(_ text: some StringProtocol) {
        if let number = MSISDN(text) {
            self.text = number.digits
        } else if (1...18).contains(text.utf8.count), text.utf8.allSatisfy(Self.isDigit) {
            self.text = String(text)
        } else if (1...11).contains(text.utf8.count), text.utf8.allSatisfy(Self.isPrintable) {
            self.text = String(text)
        } else {
            return nil
        }
    }

    /// Stands in a message that is not sent because it names no sender.
    package static let nobody = Originator(named: "nobody")

    private init(named text: String) { self.text = text }

    /// The address of TS 23.140 for it: a number of seven digits or more is a `Number`, all else a `ShortCode`.
    package var address: Address {
        MSISDN(text) != nil ? .msisdn(text) : .shortCode(text)
    }

    private static func isDigit(_ character: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character)
    }

    private static func isPrintable(_ character: UInt8) -> Bool {
        (0x20..<0x7F).contains(character) && character != UInt8(ascii: "+")
    }
}
