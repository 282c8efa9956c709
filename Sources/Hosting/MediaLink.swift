import Crypto
import FoundationEssentials
import GatewayCore

/// The contents of a link to media. The link itself carries them, sealed, so nothing is looked up and a link survives a
/// restart.
///
/// As `{id}` in `/media/{id}/{file name}` it is, in the Base64 of URLs: one octet for the form, eight for the expiry,
/// 32 for the SHA-256 of the content, its type in ASCII, and 16 of an HMAC-SHA256 over all that and the file name. 128
/// bits of seal cannot be guessed. (RFC 4648, 5; RFC 2104, 5)
struct MediaLink: Equatable, Sendable {
    /// 64 hexadecimal digits in lower case.
    let hash: String
    let contentType: String
    /// Seconds since 1970.
    let expiresAt: Int64

    init(hash: String, contentType: String, expiresAt: Int64) {
        self.hash = hash
        self.contentType = contentType
        self.expiresAt = expiresAt
    }

    /// The id of this link together with that file name.
    func id(naming fileName: String, _ key: SymmetricKey) -> String {
        let sealed = octets
        return (sealed + Self.seal(sealed, fileName, key)).base64URL
    }

    /// Reads an id that one of the keys has sealed together with that file name; nil for any other text.
    init?(id: String, naming fileName: String, _ keys: LinkKeys) {
        guard id.utf8.count <= 512, let octets = [UInt8](base64URL: id),
            octets.count > Self.headCount + Self.sealCount, octets[0] == Self.form
        else { return nil }
        let sealed = octets.dropLast(Self.sealCount)
        let seal = octets.suffix(Self.sealCount)
        guard keys.all.contains(where: { Self.seal(sealed, fileName, $0).isSame(as: seal) }) else { return nil }
        expiresAt = sealed[1..<9].reduce(0) { $0 << 8 | Int64($1) }
        hash = sealed[9..<Self.headCount].hexadecimal
        contentType = String(decoding: sealed[Self.headCount...], as: UTF8.self)
    }

    private var octets: [UInt8] {
        [Self.form] + (0..<8).map { UInt8(truncatingIfNeeded: expiresAt >> (56 - 8 * $0)) }
            + hash.utf8.octetsOfHexadecimal + contentType.utf8
    }

    private static func seal(_ sealed: some Collection<UInt8>, _ fileName: String, _ key: SymmetricKey) -> [UInt8] {
        // The count separates the type from the name, so that the end of the type cannot be moved into the name.
        let text = Array("mm7-gateway media link\n\(sealed.count)\n".utf8) + sealed + fileName.utf8
        return Array(HMAC<SHA256>.authenticationCode(for: text, using: key)).dropLast(32 - sealCount)
    }

    private static let form: UInt8 = 1
    private static let headCount = 1 + 8 + 32
    private static let sealCount = 16
}

extension Sequence<UInt8> {
    /// Compares the octets in a time that depends only on the lengths.
    fileprivate func isSame(as other: some Collection<UInt8>) -> Bool {
        var (difference, count) = (UInt8(0), 0)
        for (left, right) in zip(self, other) {
            difference |= left ^ right
            count += 1
        }
        return difference == 0 && count == other.count
    }

    /// The octets that pairs of hexadecimal digits stand for.
    fileprivate var octetsOfHexadecimal: [UInt8] {
        let digits = map { UInt8(Character(Unicode.Scalar($0)).hexDigitValue ?? 0) }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}

extension [UInt8] {
    fileprivate var base64URL: String {
        var text = Data(self).base64EncodedString()
        text.replace("+", with: "-")
        text.replace("/", with: "_")
        return String(text.prefix { $0 != "=" })
    }

    /// Nil also where the octets would be written as another text: each link has only one form.
    fileprivate init?(base64URL text: String) {
        var padded = text
        padded.replace("-", with: "+")
        padded.replace("_", with: "/")
        padded += String(repeating: "=", count: (4 - padded.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: padded) else { return nil }
        self.init(data)
        guard base64URL == text else { return nil }
    }
}
