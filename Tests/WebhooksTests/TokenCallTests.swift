import CurlHTTP
import Doubles
import Foundation
import GatewayCore
import HTTPServing
import Hummingbird
import IPRanges
import ServiceLifecycle
import Synchronization
import Telemetry
import Testing

@testable import Webhooks

@Suite("Calls of webhooks that ask for an access token")
struct TokenCallTests {
    private let now = Date(milliseconds: 1_790_000_000_000)

    private func caller(timeout: Duration = .seconds(120)) throws -> @Sendable (String) throws -> WebhookCaller {
        let client = try HTTPClient()
        let loopback = try #require(IPRange("127.0.0.0/8"))
        return { url in
            WebhookCaller(
                client: client,
                writers: { _ in
                    var credentials = CallbackCredentials(secret: Secret("signs"))
                    credentials.token = TokenRequest(
                        endpoint: "\(url)/token", clientID: "id", clientSecret: Secret("very-secret"))
                    return TokenWriter(
                        call: WebhookCall(url: "\(url)/calls", body: [0x7B, 0x7D], credentials: credentials))
                },
                clock: HastyClock(at: self.now), ids: ULIDGenerator(), timeout: timeout, allowed: { [loopback] },
                telemetry: .none)
        }
    }

    private func claim() throws -> CallClaim {
        let order = Order(
            to: ["15550100001"], from: try #require(Originator("12025550100")),
            content: Content(media: [.init(url: "https://media.example/p.jpg")]), expireAt: now + .seconds(3600))
        let batch = Batch(order, id: ULID(high: 1, low: 0), owner: .servicePlan("plan1"), createdAt: now)
        return CallClaim(event: Event(id: 7, owner: batch.owner, subject: .end(batch), createdAt: now))
    }

    @Test("one token serves many calls")
    func many() async throws {
        let peer = TokenPeer()
        let (caller, claim) = (try caller(), try claim())

        try await peer.serving { url in
            let caller = try caller(url)
            for _ in 1...3 { #expect(try await caller.call(for: claim).result == .heard) }
        }

        #expect(peer.seen == ["token", "call 1", "call 1", "call 1"])
    }

    @Test("after a 401 there is a new token, once: a receiver that refuses that too has refused the call")
    func refused() async throws {
        let peer = TokenPeer(taking: [2])
        let other = TokenPeer(taking: [])
        let (caller, claim) = (try caller(), try claim())

        let heard = try await peer.serving { url in try await caller(url).call(for: claim).result }
        #expect(heard == .heard)
        try await other.serving { url in
            let caller = try caller(url)
            for _ in 1...2 {
                #expect(try await caller.call(for: claim).result == .refused(reason: "the receiver answered 401"))
            }
        }

        #expect(peer.seen == ["token", "call 1", "token", "call 2"])
        #expect(other.seen == ["token", "call 1", "token", "call 2", "call 2"])
    }

    @Test(
        "a token server that hangs or fails is a reason to try again, without a word of secrets, and nothing is called")
    func slow() async throws {
        let peer = TokenPeer(hangs: true)
        let (caller, claim) = (try caller(timeout: .seconds(3)), try claim())

        let attempt = try await peer.serving { url in try await caller(url).call(for: claim) }

        guard case .notNow(let reason) = attempt.result else {
            Issue.record("\(attempt.result)")
            return
        }
        #expect(reason.description.contains("token server"))
        #expect(!reason.description.contains("secret"))
        guard case .timedOut = attempt.ending else {
            Issue.record("\(attempt.ending)")
            return
        }
        #expect(peer.seen == ["token"])
    }

    @Test("a token server at an address that is not public is asked for nothing")
    func privateAddress() async throws {
        let peer = TokenPeer()
        let client = try HTTPClient()
        let claim = try claim()

        let attempt = try await peer.serving { url in
            var credentials = CallbackCredentials()
            credentials.token = TokenRequest(endpoint: "\(url)/token", clientID: "id", clientSecret: Secret("s"))
            let call = WebhookCall(url: "https://hooks.example/", body: [], credentials: credentials)
            return try await WebhookCaller(
                client: client, writers: { _ in TokenWriter(call: call) }, clock: HastyClock(at: now),
                ids: ULIDGenerator(), timeout: .seconds(1), allowed: { [] }, telemetry: .none
            ).call(for: claim)
        }

        guard case .unsendable = attempt.result else {
            Issue.record("\(attempt.result)")
            return
        }
        #expect(peer.seen.isEmpty)
    }
}

private struct TokenWriter: CallWriter {
    let call: WebhookCall

    func address(of target: String, of owner: Owner) -> String? { call.url }
    func body(of event: Event, to target: String) throws -> WebhookCall? { call }
}

/// A receiver and its token server. Tokens are the numbers of their fetches.
private final class TokenPeer: Sendable {
    private let accepted: [Int]?
    private let hangs: Bool
    private let state = Mutex<(seen: [String], fetches: Int)>(([], 0))

    /// - Parameter accepted: the tokens that calls may have; nil for all.
    init(taking accepted: [Int]? = nil, hangs: Bool = false) {
        self.accepted = accepted
        self.hangs = hangs
    }

    var seen: [String] { state.withLock { $0.seen } }

    func serving<Result: Sendable>(
        _ body: @escaping @Sendable (_ url: String) async throws -> Result
    ) async throws -> Result {
        let router = Router(context: PeerContext.self)
        router.post("/token") { [self] _, _ in
            let number = state.withLock { state in
                state.seen.append("token")
                state.fetches += 1
                return state.fetches
            }
            if hangs {
                let (nothing, never) = AsyncStream<Void>.makeStream()
                await cancelWhenGracefulShutdown { for await _ in nothing {} }
                never.finish()
            }
            return Response(
                status: .ok, contentType: "application/json",
                bytes: Array(#"{"access_token":"\#(number)","token_type":"bearer","expires_in":600}"#.utf8))
        }
        router.post("/calls") { [self] request, _ in
            let token = request.headers[.authorization]?.dropFirst("Bearer ".count) ?? ""
            state.withLock { $0.seen.append("call \(token)") }
            return Response(
                status: accepted.map { $0.map(String.init).contains(String(token)) } ?? true ? .ok : .unauthorized)
        }
        return try await Listener(host: "127.0.0.1", port: 0).serving(router) { port in
            try await body("http://127.0.0.1:\(port)")
        }
    }
}
