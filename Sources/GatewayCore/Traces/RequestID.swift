package import FoundationEssentials

/// The id of a request: the peer's own where it is fit for logs and headers, else one of ours.
package enum RequestID {
    /// The longest id of a peer, in octets.
    package static let limit = 128

    /// An id for a request that brings none: a ULID, so that ids are in the order of time.
    package static func new(at now: Date) -> String {
        let milliseconds = UInt64(max(0, now.timeIntervalSince1970 * 1000))
        let random = RandomSource.system
        return ULID(high: milliseconds << 16 | random.next() >> 48, low: random.next()).description
    }

    /// Whether an id of a peer is adopted: up to 128 visible ASCII characters without quotation marks and backslashes,
    /// of which no part looks like a subscriber's number.
    package static func isFit(_ text: String) -> Bool {
        guard !text.isEmpty, text.utf8.count <= limit else { return false }
        var (digits, hasLetter) = (0, false)
        for octet in text.utf8 {
            switch octet {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): hasLetter = true
            case UInt8(ascii: "-"), UInt8(ascii: "_"): break
            case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "`"): return false
            case 0x21...0x7E:
                if isNumber(digits, hasLetter) { return false }
                (digits, hasLetter) = (0, false)
            default: return false
            }
        }
        return !isNumber(digits, hasLetter) && !hasWholeNumber(text)
    }

    /// Whether one word of it has as many digits as an international number and nothing else, as `sms-491701234567`. A
    /// UUID may have such a word by chance.
    private static func hasWholeNumber(_ text: String) -> Bool {
        guard UUID(uuidString: text) == nil else { return false }
        return text.utf8.split { !($0.isASCIIDigit || $0.isASCIILetter) }.contains { word in
            (10...15).contains(word.count) && word.allSatisfy(\.isASCIIDigit)
        }
    }

    private static func isNumber(_ digits: Int, _ hasLetter: Bool) -> Bool {
        digits >= DigitRun.leastDigits && !hasLetter
    }
}

extension UInt8 {
    fileprivate var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    fileprivate var isASCIILetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}
