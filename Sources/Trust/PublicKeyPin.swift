/// The SHA-256 of a public key, as `curl --pinnedpubkey` writes it: `sha256//` and 44 characters of Base64.
///
/// The key is that of the SubjectPublicKeyInfo in DER. (RFC 7469, 2.4)
package struct PublicKeyPin: Sendable, Hashable {
    package let text: String

    /// Nil where the text is no pin.
    package init?(_ text: String) {
        let prefix = "sha256//"
        guard text.hasPrefix(prefix), Self.isHash(text.utf8.dropFirst(prefix.utf8.count)) else { return nil }
        self.text = text
    }

    /// Whether it is the Base64 of 32 octets: 43 characters, the last of which has two bits to spare, and a filler.
    private static func isHash(_ text: Substring.UTF8View) -> Bool {
        let digits = Array(text)
        guard digits.count == 44, digits[43] == UInt8(ascii: "=") else { return false }
        return digits[..<42].allSatisfy { value(of: $0) != nil }
            && (value(of: digits[42]).map { $0 & 0b11 == 0 } ?? false)
    }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
