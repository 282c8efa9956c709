import Crypto

/// The SHA-256 of a secret, as a configuration may have it in the secret's place: `sha256:` and 64 hexadecimal digits.
///
/// It needs neither salt nor rounds where the secret is a token of random characters, which nobody finds by trying.
package struct SecretHash: Hashable, Sendable {
    private let words: SIMD4<UInt64>

    package init(of secret: some StringProtocol) {
        words = SHA256.hash(data: Array(secret.utf8)).withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) }
    }

    /// Reads the form of the configuration, whose letters may be large or small; nil for anything else.
    package init?(_ text: some StringProtocol) {
        guard Self.isAnnounced(in: text) else { return nil }
        let digits = text.utf8.dropFirst(Self.scheme.utf8.count)
        guard digits.count == 64 else { return nil }
        var octets: [UInt8] = []
        var half: UInt8?
        for digit in digits {
            guard let value = Character(Unicode.Scalar(digit)).hexDigitValue.map(UInt8.init) else { return nil }
            if let first = half {
                octets.append(first << 4 | value)
                half = nil
            } else {
                half = value
            }
        }
        words = octets.withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) }
    }

    /// Whether the text says of itself that it is a hash, be it a whole one or not.
    package static func isAnnounced(in text: some StringProtocol) -> Bool {
        String(decoding: text.utf8.prefix(scheme.utf8.count), as: UTF8.self).lowercased() == scheme
    }

    private static let scheme = "sha256:"

    /// Whether both are of one secret, in a time that says nothing.
    package func matches(_ other: SecretHash) -> Bool {
        let difference = words ^ other.words
        return difference[0] | difference[1] | difference[2] | difference[3] == 0
    }
}

/// The form of the configuration: a hash may be shown to those who may read that.
extension SecretHash: CustomStringConvertible {
    package var description: String {
        let digits = Array("0123456789abcdef".utf8)
        let octets = withUnsafeBytes(of: words) { Array($0) }
        return Self.scheme
            + String(decoding: octets.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
