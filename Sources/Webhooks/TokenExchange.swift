import CurlHTTP
import FoundationEssentials
import GatewayCore
import IPRanges

/// An access token as its server gave it.
struct AccessToken: Sendable, Equatable {
    let value: Secret
    /// How long it is good for.
    let life: Duration

    /// How long before its end another is fetched: calls that have it still take some time to arrive.
    var reserve: Duration { min(.seconds(60), life / 6) }
}

/// Why there is no access token for a call.
struct TokenFailure: Error, Equatable {
    let result: WebhookResult
    /// Whether the time was used up by it.
    var isSlow = false

    static let late = TokenFailure(
        result: .notNow(reason: "the token server of the webhook does not answer"), isSlow: true)
}

extension TokenRequest {
    /// The request of a token by client credentials. (RFC 6749, 4.4.2)
    func httpRequest(timeout: Duration, allowed: [IPRange]) -> HTTPRequest {
        var request = HTTPRequest(method: .post, url: endpoint)
        var form = [("grant_type", "client_credentials")]
        if isForm {
            form += [("client_id", clientID), ("client_secret", clientSecret.reveal())]
        } else {
            // Both are encoded as in a form before they become a user and a password. (RFC 6749, 2.3.1)
            request.credentials = BasicCredentials(
                username: clientID.inForm, password: clientSecret.reveal().inForm)
        }
        if let scope, !scope.isEmpty { form.append(("scope", scope)) }
        if let responseType, !responseType.isEmpty { form.append(("response_type", responseType)) }
        request.headers = [
            (name: "Content-Type", value: "application/x-www-form-urlencoded"),
            (name: "Accept", value: "application/json"),
        ]
        request.body = [Array(form.map { "\($0)=\($1.inForm)" }.joined(separator: "&").utf8)[...]]
        request.timeout = timeout
        request.responseLimitBytes = 16 << 10
        request.addressPolicy = .publicOnly(allowing: allowed)
        return request
    }
}

extension AccessToken {
    /// Reads the answer of a token server. (RFC 6749, 5.1)
    ///
    /// - Throws: for every other answer than a bearer token with a usable life.
    init(_ response: HTTPResponse) throws(TokenFailure) {
        guard (200..<300).contains(response.status) else {
            throw .answer("the token server of the webhook answered \(response.status)")
        }
        let answer: Answer
        do {
            answer = try JSONDecoder().decode(Answer.self, from: Data(response.body))
        } catch {
            throw .answer("the answer of the webhook's token server is no JSON with an access_token")
        }
        guard let text = answer.token, Self.isSendable(text) else {
            throw .answer("the answer of the webhook's token server has no usable access_token")
        }
        guard answer.type.map({ $0.lowercased() == "bearer" }) ?? true else {
            throw .answer("the token of the webhook's token server is not of the type bearer")
        }
        guard let seconds = answer.seconds, Self.lifeRange.contains(seconds) else {
            throw .answer("the answer of the webhook's token server has no expires_in from 30 to 3600")
        }
        self.init(value: Secret(text), life: .seconds(seconds))
    }

    /// Seconds that a token may be good for.
    private static let lifeRange = 30...3600

    /// Whether it can stand in a header: visible ASCII of a bounded length.
    private static func isSendable(_ text: String) -> Bool {
        (1...8192).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    private struct Answer: Decodable {
        let token: String?
        let type: String?
        let seconds: Int?

        enum CodingKeys: String, CodingKey {
            case token = "access_token"
            case type = "token_type"
            case seconds = "expires_in"
        }

        init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            token = try members.decodeIfPresent(String.self, forKey: .token)
            type = try members.decodeIfPresent(String.self, forKey: .type)
            do {
                seconds = try members.decodeIfPresent(Int.self, forKey: .seconds)
            } catch DecodingError.typeMismatch {
                // Some servers write the number as a text.
                seconds = Int(try members.decode(String.self, forKey: .seconds))
            }
        }
    }
}

extension TokenFailure {
    fileprivate static func answer(_ reason: PeerText) -> TokenFailure { TokenFailure(result: .notNow(reason: reason)) }

    init(_ failure: HTTPFailure, elapsed: Duration, of timeout: Duration) {
        let isSlow = failure.kind == .timedOut || elapsed * 2 >= timeout
        switch failure.kind {
        case .refusedAddress:
            self.init(
                result: .unsendable(
                    reason: "the address of the webhook's token server is not public, and egress.allow does not have it"
                ))
        case .invalidURL, .invalidRequest:
            self.init(result: .unsendable(reason: "the webhook's token cannot be asked for: \(failure.message)"))
        default:
            self.init(
                result: .notNow(reason: "the token server of the webhook: \(failure.message)"), isSlow: isSlow)
        }
    }
}

extension String {
    /// As a value of a form: `application/x-www-form-urlencoded`.
    fileprivate var inForm: String {
        var octets: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for octet in utf8 {
            switch octet {
            case UInt8(ascii: " "): octets.append(UInt8(ascii: "+"))
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "*"):
                octets.append(octet)
            default: octets += [UInt8(ascii: "%"), digits[Int(octet >> 4)], digits[Int(octet & 15)]]
            }
        }
        return String(decoding: octets, as: UTF8.self)
    }
}
