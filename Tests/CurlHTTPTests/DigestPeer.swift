import Crypto
import Synchronization

@testable import CurlHTTP

/// A peer that wants Digest authentication (RFC 7616) from the user `vasp` with the password `open sesame`, and echoes
/// what comes with it.
final class DigestPeer: Sendable {
    enum Algorithm: String {
        case md5 = "MD5"
        case sha256 = "SHA-256"
    }

    private let algorithm: Algorithm
    /// How many requests may answer one challenge.
    private let uses: Int
    /// Whether a challenge that follows a used one says that it does.
    private let saysStale: Bool
    private let state = Mutex(State())

    private struct State {
        var challenges = 0
        /// The uses of each nonce.
        var nonces: [String: Int] = [:]
    }

    init(_ algorithm: Algorithm = .sha256, uses: Int = .max, saysStale: Bool = true) {
        self.algorithm = algorithm
        self.uses = uses
        self.saysStale = saysStale
    }

    var script: ScriptedServer.Script {
        { [self] connection in
            while let request = connection.receive() {
                switch judge(request) {
                case .right: connection.answer(body: String(decoding: request.body, as: UTF8.self))
                case .wrong: connection.answer("401 Unauthorized", challenge(isStale: false), body: "wrong")
                case .stale: connection.answer("401 Unauthorized", challenge(isStale: saysStale), body: "stale")
                }
            }
        }
    }

    private enum Judgement {
        case right, wrong, stale
    }

    private func challenge(isStale: Bool) -> String {
        let nonce = state.withLock { state in
            state.challenges += 1
            state.nonces["nonce\(state.challenges)"] = 0
            return "nonce\(state.challenges)"
        }
        return #"WWW-Authenticate: Digest realm="mm7", qop="auth", algorithm=\#(algorithm.rawValue), nonce="\#(nonce)""#
            + (isStale ? ", stale=true" : "")
    }

    private func judge(_ request: ScriptedServer.Request) -> Judgement {
        guard let header = request.header("Authorization"), header.hasPrefix("Digest ") else { return .wrong }
        let given = Self.parameters(of: header.dropFirst(7))
        func value(_ name: String) -> String { given[name] ?? "" }
        let line = request.head[0].split(separator: " ")
        let account = hash("vasp:mm7:open sesame")
        let target = hash("\(line[0]):\(line[1])")
        let wanted = hash(
            [account, value("nonce"), value("nc"), value("cnonce"), value("qop"), target].joined(separator: ":"))
        guard value("response") == wanted, value("username") == "vasp", value("uri") == line[1] else { return .wrong }
        return state.withLock { state in
            guard let used = state.nonces[value("nonce")], used < uses, Int(value("nc"), radix: 16) == used + 1 else {
                return .stale
            }
            state.nonces[value("nonce")] = used + 1
            return .right
        }
    }

    private func hash(_ text: String) -> String {
        let bytes: any Sequence<UInt8> =
            switch algorithm {
            case .md5: Insecure.MD5.hash(data: Array(text.utf8))
            case .sha256: SHA256.hash(data: Array(text.utf8))
            }
        return bytes.map { String($0 / 16, radix: 16) + String($0 % 16, radix: 16) }.joined()
    }

    private static func parameters(of text: Substring) -> [String: String] {
        text.split(separator: ",").reduce(into: [:]) { parameters, part in
            let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { return }
            parameters[String(pair[0])] = pair[1].filter { $0 != "\"" }
        }
    }
}
