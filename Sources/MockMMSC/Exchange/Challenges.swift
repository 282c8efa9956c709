import Crypto
import CurlHTTP
import HTTPTypes
import Synchronization

/// HTTP Digest (RFC 7616) of an MMSC that wants it: challenges, and whether a request answers one of them.
final class Challenges: Sendable {
    private struct State {
        var given = 0
        /// How often each nonce was used.
        var uses: [String: Int] = [:]
    }

    private let login: BasicCredentials
    private let state = Mutex(State())

    /// How often a challenge may be answered; the next request is told that it is stale.
    static let life = 100
    private static let most = 4096

    init(_ login: BasicCredentials) {
        self.login = login
    }

    /// The challenge that the request is to answer; nil where it has answered one.
    func challenge(to request: HTTPTypes.HTTPRequest) -> String? {
        guard let given = Self.parameters(of: request.headerFields[.authorization]), isRight(given, for: request) else {
            return challenge(isStale: false)
        }
        return use(given["nonce"] ?? "", given["nc"] ?? "") ? nil : challenge(isStale: true)
    }

    private func challenge(isStale: Bool) -> String {
        let nonce = state.withLock { state in
            if state.uses.count >= Self.most { state.uses = [:] }
            state.given += 1
            let nonce = "\(state.given)-\(UInt64.random(in: .min ... .max))"
            state.uses[nonce] = 0
            return nonce
        }
        return "Digest realm=\"mmsc\", qop=\"auth\", algorithm=SHA-256, nonce=\"\(nonce)\""
            + (isStale ? ", stale=true" : "")
    }

    /// Counts one use; false where the nonce is not known any more, is used up, or the count is not the next.
    private func use(_ nonce: String, _ count: String) -> Bool {
        state.withLock { state in
            guard let uses = state.uses[nonce], uses < Self.life, Int(count, radix: 16) == uses + 1 else {
                return false
            }
            state.uses[nonce] = uses + 1
            return true
        }
    }

    private func isRight(_ given: [String: String], for request: HTTPTypes.HTTPRequest) -> Bool {
        let account = Self.hash("\(login.username):mmsc:\(login.password)")
        let target = Self.hash("\(request.method.rawValue):\(request.path ?? "")")
        let proof = ["nonce", "nc", "cnonce", "qop"].map { given[$0] ?? "" }
        return given["username"] == login.username && given["uri"] == request.path
            && given["response"] == Self.hash(([account] + proof + [target]).joined(separator: ":"))
    }

    private static func hash(_ text: String) -> String {
        SHA256.hash(data: Array(text.utf8)).map { octet in
            String(octet / 16, radix: 16) + String(octet % 16, radix: 16)
        }.joined()
    }

    private static func parameters(of header: String?) -> [String: String]? {
        guard let header, header.hasPrefix("Digest ") else { return nil }
        return header.dropFirst(7).split(separator: ",").reduce(into: [:]) { parameters, part in
            let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { return }
            parameters[String(pair[0])] = pair[1].filter { $0 != "\"" }
        }
    }
}
