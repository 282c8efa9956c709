import Crypto
import GatewayCore

/// A hash of HTTP Digest. The first is the one that the gateway prefers; the second is what old clients know.
enum DigestAlgorithm: String, CaseIterable, Sendable {
    case sha256 = "SHA-256"
    case md5 = "MD5"

    /// - Parameter name: in any case.
    init?(named name: String) {
        guard let known = Self.allCases.first(where: { $0.rawValue == name.uppercased() }) else { return nil }
        self = known
    }

    /// The hash of the text's UTF-8, in hexadecimal digits.
    func hash(_ text: String) -> String {
        let octets = Array(text.utf8)
        return switch self {
        case .sha256: Self.hexadecimal(SHA256.hash(data: octets))
        case .md5: Self.hexadecimal(Insecure.MD5.hash(data: octets))
        }
    }

    static func hexadecimal(_ octets: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: octets.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

extension DigestCredentials {
    /// The response that these have to bear for a login. (RFC 7616, 3.4.1)
    ///
    /// - Parameter method: of the request, such as `POST`.
    func expectedResponse(to method: String, for login: MMSC.Login) -> String {
        let secret = algorithm.hash("\(login.username):\(realm):\(login.password.reveal())")
        let request = algorithm.hash("\(method):\(uri)")
        return algorithm.hash("\(secret):\(nonce):\(countText):\(clientNonce):auth:\(request)")
    }

    /// Both are always compared, so that the time does not show whether the name was right.
    func prove(_ login: MMSC.Login, to method: String) -> Bool {
        let isName = Secret(login.username).matches(username)
        let isResponse = Secret(expectedResponse(to: method, for: login)).matches(response.lowercased())
        return isName && isResponse
    }
}
