/// Content-Transfer-Encoding. (RFC 2045, 6)
enum PartEncoding {
    /// The decoded octets; the same slice where nothing is encoded. Unknown encodings count as none.
    static func decode(_ bytes: ArraySlice<UInt8>, _ encoding: String?) -> ArraySlice<UInt8> {
        switch encoding.map({ Substring($0).trimmed }) {
        case "base64": isPlain(bytes) ? Base64.decode(bytes)[...] : bytes
        case "quoted-printable": quotedPrintable(bytes)[...]
        default: bytes
        }
    }

    /// False for octets that are said to be base64 and are not.
    private static func isPlain(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.prefix(512).allSatisfy { $0 < 0x7F && ($0 >= 0x20 || $0.isXMLSpace) }
    }

    /// Whether the octets are lines that `8bit` allows: of at most 998 octets, without NUL, and with carriage returns
    /// only at line ends. (RFC 2045, 2.8)
    static func isEightBit(_ bytes: ArraySlice<UInt8>) -> Bool {
        var length = 0
        var isAfterReturn = false
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                length = 0
                isAfterReturn = false
                continue
            }
            if byte == 0 || isAfterReturn { return false }
            isAfterReturn = byte == UInt8(ascii: "\r")
            if !isAfterReturn { length += 1 }
            if length > 998 { return false }
        }
        return !isAfterReturn
    }

    /// Decodes quoted-printable: `=41` is an octet, `=` at the end of a line joins it to the next; anything else stands
    /// for itself.
    private static func quotedPrintable(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            guard byte == UInt8(ascii: "=") else {
                decoded.append(byte)
                continue
            }
            if bytes.endIndex - index >= 2, let high = Hex.value(bytes[index]), let low = Hex.value(bytes[index + 1]) {
                decoded.append(high << 4 | low)
                index += 2
                continue
            }
            var end = index
            while end < bytes.endIndex, bytes[end] == 0x20 || bytes[end] == 0x09 || bytes[end] == 0x0D { end += 1 }
            if end == bytes.endIndex || bytes[end] == 0x0A {
                index = min(end + 1, bytes.endIndex)
            } else {
                decoded.append(byte)
            }
        }
        return decoded
    }
}

enum Hex {
    static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x37
        case 0x61...0x66: digit - 0x57
        default: nil
        }
    }

    /// The text of a URL with `%41` and the like decoded; other characters stand for themselves. (RFC 3986, 2.1)
    static func percentDecoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        return String(decoding: percentDecoded(text.utf8), as: UTF8.self)
    }

    static func percentDecoded(_ text: some Sequence<UInt8>) -> [UInt8] {
        let bytes = Array(text)
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), bytes.count - index > 2,
                let high = value(bytes[index + 1]), let low = value(bytes[index + 2])
            {
                decoded.append(high << 4 | low)
                index += 3
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        return decoded
    }
}
