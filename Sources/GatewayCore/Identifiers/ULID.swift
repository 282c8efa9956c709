/// A time-ordered identifier: 48 bits of Unix milliseconds, then 80 bits that make it unique, written as 26 characters
/// of Crockford's base 32. Batches and messages are named so, as the REST APIs name theirs.
package struct ULID: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads 26 characters of Crockford's base 32 in upper case, the only form the APIs print.
    ///
    /// Returns nil for anything else; identifiers are compared as they were written.
    package init?(_ text: some StringProtocol) {
        let characters = text.utf8
        guard characters.count == 26, let first = characters.first, first <= UInt8(ascii: "7") else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for character in characters {
            guard let value = Self.value(of: character) else { return nil }
            high = high << 5 | low >> 59
            low = low << 5 | UInt64(value)
        }
        self.init(high: high, low: low)
    }

    /// Milliseconds since 1970 in UTC when this identifier was made.
    package var milliseconds: UInt64 { high >> 16 }

    package func advanced(by count: UInt64) -> ULID {
        let (low, carry) = low.addingReportingOverflow(count)
        return ULID(high: high &+ (carry ? 1 : 0), low: low)
    }

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// The value of every byte; 255 for those that are no digit.
    private static let values: [UInt8] = (0...255).map { byte in
        alphabet.firstIndex(of: byte).map(UInt8.init) ?? 255
    }

    private static func value(of character: UInt8) -> UInt8? {
        let value = values[Int(character)]
        return value == 255 ? nil : value
    }
}

extension ULID: CustomStringConvertible {
    package var description: String {
        String(unsafeUninitializedCapacity: 26) { buffer in
            var high = self.high
            var low = self.low
            for index in stride(from: 25, through: 0, by: -1) {
                buffer[index] = Self.alphabet[Int(low & 31)]
                low = low >> 5 | high << 59
                high >>= 5
            }
            return 26
        }
    }
}

extension ULID: Comparable {
    package static func < (left: ULID, right: ULID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension ULID {
    /// The same id for the same text at all times, by FNV-1a with 128 bits cut to those of an id. It names what has no id
    /// of its own, and says nothing about a time.
    package init(hashing text: String) {
        var hash: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
        for octet in text.utf8 {
            hash ^= UInt128(octet)
            hash &*= 0x0000_0000_0100_0000_0000_0000_0000_013B
        }
        self.init(high: UInt64(truncatingIfNeeded: hash >> 64), low: UInt64(truncatingIfNeeded: hash))
    }
}
