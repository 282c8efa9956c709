@_spi(_Unicode) import Swift

/// Names of hosts with letters beyond ASCII, in the form that is looked up (RFC 5891).
///
/// libcurl leaves this to libidn2, which expects the text in the encoding of the process's locale and so finds no
/// letters in it. This does what names need: letters in lower case and composed. Characters that would have to be
/// replaced (wide forms, ligatures, symbols) are refused.
enum HostName {
    /// The name with each label beyond ASCII as `xn--` and its Punycode; nil where it has no such form. Percent-encoded
    /// octets are decoded first.
    static func ascii(_ text: Substring) -> String? {
        if text.utf8.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "%") }) { return String(text) }
        // A decoded character must not divide the URL at another place.
        guard let decoded = percentDecoded(text),
            decoded.utf8.allSatisfy({ $0 >= 0x80 || isPlain($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") })
        else { return nil }
        if decoded.utf8.allSatisfy({ $0 < 0x80 }) { return decoded }
        var labels: [String] = []
        for label in decoded.unicodeScalars.split(omittingEmptySubsequences: false, whereSeparator: isDot) {
            guard let label = asciiLabel(String(label)) else { return nil }
            labels.append(label)
        }
        return labels.joined(separator: ".")
    }

    /// Letters, digits and dashes of ASCII.
    static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private static func asciiLabel(_ label: String) -> String? {
        guard !label.utf8.allSatisfy({ $0 < 0x80 }) else { return label }
        let lowered = label.unicodeScalars.map(\.properties.lowercaseMapping).joined()
        let scalars = Array(lowered._nfc)
        guard let first = scalars.first, !isMark(first), first != "-", scalars.last != "-",
            !label.lowercased().hasPrefix("xn--"), scalars.allSatisfy(isAllowed)
        else { return nil }
        return Punycode.encode(scalars).map { "xn--" + $0 }
    }

    /// The dot of ASCII, and those that input methods write for it. (RFC 3490, 3.1)
    private static func isDot(_ scalar: Unicode.Scalar) -> Bool {
        [".", "\u{3002}", "\u{FF0E}", "\u{FF61}"].contains(scalar)
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        [.nonspacingMark, .spacingMark].contains(scalar.properties.generalCategory)
    }

    /// Whether a label may have the character: close to the rules of RFC 5892, without its tables.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return isPlain(UInt8(scalar.value)) }
        if compatibility.contains(where: { $0.contains(scalar.value) }) { return false }
        switch scalar.properties.generalCategory {
        case .lowercaseLetter, .otherLetter, .nonspacingMark, .spacingMark, .decimalNumber: return true
        case .modifierLetter: return cjkModifiers.contains(scalar)
        // The middle dot of Catalan stands between letters only there.
        case .otherPunctuation: return scalar == "\u{B7}" || scalar == "\u{30FB}"
        default: return false
        }
    }

    private static let cjkModifiers: Set<Unicode.Scalar> = ["\u{3005}", "\u{30FC}", "\u{30FD}", "\u{30FE}", "\u{309D}"]

    /// Forms of other characters: superscripts, enclosed letters, ligatures, presentation forms, wide forms, mathematics.
    private static let compatibility: [ClosedRange<UInt32>] = [
        0xAA...0xAA, 0xBA...0xBA, 0x132...0x133, 0x13F...0x140, 0x149...0x149, 0x17F...0x17F, 0x1C4...0x1CC,
        0x1F1...0x1F3, 0x1D00...0x1DBF, 0x2000...0x2BFF, 0x3130...0x318F, 0x3200...0x33FF, 0xA730...0xA731,
        0xFB00...0xFDFF, 0xFE00...0xFFFF, 0x1D400...0x1D7FF, 0x1EE00...0x1EEFF, 0x1F100...0x1F2FF,
    ]

    private static func percentDecoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard digits.utf8.count == 2, digits.utf8.first != UInt8(ascii: "+"), let value = UInt8(digits, radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
