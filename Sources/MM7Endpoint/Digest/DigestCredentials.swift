/// The credentials of HTTP Digest that a request brings. (RFC 7616, 3.4)
struct DigestCredentials: Equatable {
    let username: String
    let realm: String
    let nonce: String
    let uri: String
    let response: String
    let algorithm: DigestAlgorithm
    /// How often the nonce was used, this time included.
    let count: UInt32
    /// The same as the client has written it.
    let countText: String
    let clientNonce: String

    /// Nil for another scheme, for what cannot be read, and for a protection or an algorithm that was not offered.
    ///
    /// - Parameter header: the value of the Authorization header.
    init?(_ header: String?) {
        guard var rest = header?.utf8[...], rest.count > 7,
            rest.prefix(7).elementsEqual("digest ".utf8, by: { $0 | 0x20 == $1 })
        else { return nil }
        rest = rest.dropFirst(7)
        guard let fields = Self.fields(&rest) else { return nil }
        guard let username = fields["username"], let realm = fields["realm"], let nonce = fields["nonce"],
            let uri = fields["uri"], let response = fields["response"], let count = fields["nc"],
            let clientNonce = fields["cnonce"], fields["qop"] == "auth", !clientNonce.isEmpty
        else { return nil }
        // A client that names no algorithm means the oldest.
        guard let algorithm = DigestAlgorithm(named: fields["algorithm"] ?? "MD5") else { return nil }
        guard count.utf8.count == 8, let number = UInt32(count, radix: 16), number > 0 else { return nil }
        self.username = username
        self.realm = realm
        self.nonce = nonce
        self.uri = uri
        self.response = response
        self.algorithm = algorithm
        self.count = number
        countText = count
        self.clientNonce = clientNonce
    }

    /// The parameters by their names in lower case; nil where they are malformed or one comes twice. (RFC 9110, 11.4)
    private static func fields(_ rest: inout Substring.UTF8View) -> [String: String]? {
        var fields: [String: String] = [:]
        while true {
            rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: ",") }
            guard !rest.isEmpty else { return fields }
            let name = rest.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: ",") }
            rest = rest.dropFirst(name.count)
            guard !name.isEmpty, rest.popFirst() == UInt8(ascii: "="), let value = value(&rest) else { return nil }
            guard fields.updateValue(value, forKey: Substring(name).lowercased()) == nil else { return nil }
        }
    }

    private static func value(_ rest: inout Substring.UTF8View) -> String? {
        guard rest.first == UInt8(ascii: "\"") else {
            let token = rest.prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: " ") }
            rest = rest.dropFirst(token.count)
            return token.isEmpty ? nil : String(token)
        }
        rest = rest.dropFirst()
        var octets: [UInt8] = []
        while let octet = rest.popFirst() {
            switch octet {
            case UInt8(ascii: "\""): return String(validating: octets, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escaped = rest.popFirst() else { return nil }
                octets.append(escaped)
            default: octets.append(octet)
            }
        }
        return nil
    }
}
