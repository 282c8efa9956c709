import CurlHTTP
import FoundationEssentials
import GatewayCore
import IPRanges
import Spans
import Telemetry
import Trust

/// Makes one call of a webhook: has its body written, signs it and sends it.
struct WebhookCaller: Sendable {
    let client: HTTPClient
    let writers: @Sendable (Owner) -> any CallWriter
    let clock: any DomainClock
    let ids: ULIDGenerator
    /// The limit for one call, from the connection to the last byte of the answer.
    let timeout: Duration
    /// The ranges that may be called although they are not public, read anew at each call.
    let allowed: @Sendable () -> [IPRange]
    let trust: @Sendable () -> TLSTrust?
    let tokens: AccessTokens
    let telemetry: Telemetry
    let spans: Spans

    init(
        client: HTTPClient, writers: @escaping @Sendable (Owner) -> any CallWriter, clock: any DomainClock,
        monotonic: MonotonicClock = .system, ids: ULIDGenerator, timeout: Duration,
        allowed: @escaping @Sendable () -> [IPRange], trust: @escaping @Sendable () -> TLSTrust? = { nil },
        telemetry: Telemetry, spans: Spans = .none
    ) {
        self.client = client
        self.writers = writers
        self.clock = clock
        self.ids = ids
        self.timeout = timeout
        self.allowed = allowed
        self.trust = trust
        self.telemetry = telemetry
        self.spans = spans
        tokens = AccessTokens(deadline: timeout, clock: monotonic) { (request) throws(TokenFailure) in
            let sinceFetch = Stopwatch()
            let response: HTTPResponse
            do throws(HTTPFailure) {
                var wanted = request.httpRequest(timeout: timeout, allowed: allowed())
                wanted.trust = trust()
                response = try await client.send(wanted)
            } catch {
                throw TokenFailure(error, elapsed: sinceFetch.elapsed, of: timeout)
            }
            return try AccessToken(response)
        }
    }

    var receivers: Receivers { Receivers(writers: writers, isMissing: tokens.isMissing(_:)) }

    /// The longest that a call takes: with an access token these are two calls, and before each a fetch.
    var longestTime: Duration { timeout * 4 }

    /// How a call ended.
    struct Attempt: Sendable {
        let result: WebhookResult
        /// What the call says about the receiver.
        var ending: CallRequest.Share.Ending
        /// The server that it went to or was meant for; nil where none is known.
        var receiver: WebServer?
    }

    /// - Throws: `StoreFailure`, or what the writer throws.
    func call(for claim: CallClaim) async throws -> Attempt {
        guard let call = try await writers(claim.event.owner).body(of: claim.event, to: claim.target) else {
            // A reload may have taken the customer away by mistake and the next may bring it back.
            return Attempt(result: .unsendable(reason: "the customer has no callback address"), ending: .silent)
        }
        let trace = claim.event.trace
        guard let wanted = call.credentials.token else { return await send(call, in: trace).attempt }
        do throws(TokenFailure) {
            let token = try await tokens.token(for: wanted)
            let (attempt, status) = await send(call, with: token, in: trace)
            guard status == 401, tokens.drop(token, of: wanted) else { return attempt }
            return await send(call, with: try await tokens.token(for: wanted), in: trace).attempt
        } catch {
            return Attempt(
                result: error.result, ending: error.isSlow ? .timedOut : .silent,
                receiver: WebServer(of: wanted.endpoint))
        }
    }

    /// Makes the call once; the status is nil where there was none.
    private func send(
        _ call: WebhookCall, with token: Secret? = nil, in trace: Trace?
    ) async -> (attempt: Attempt, status: Int?) {
        let span = spans.begin("webhook", .client, in: trace)
        span.calls(call.url, method: "POST")
        let request = request(for: call, with: token, in: span.trace)
        let sinceCall = Stopwatch()
        defer { telemetry.webhookAnswered(after: sinceCall.elapsed) }
        let receiver = WebServer(of: call.url)
        do {
            let status = try await client.send(request).status
            span.set("http.response.status_code", status)
            span.end(failed: status >= 400)
            return (Attempt(result: WebhookResult(status: status), ending: .answered, receiver: receiver), status)
        } catch {
            span.end(failed: true)
            let ending = CallRequest.Share.Ending(error, elapsed: sinceCall.elapsed, of: timeout)
            return (Attempt(result: WebhookResult(error), ending: ending, receiver: receiver), nil)
        }
    }

    func request(for call: WebhookCall, with token: Secret? = nil, in trace: Trace? = nil) -> HTTPRequest {
        var request = HTTPRequest(method: .post, url: call.url)
        request.headers = [(name: "Content-Type", value: "application/json")]
        request.headers += trace?.headers ?? []
        request.credentials = call.credentials.login.map {
            BasicCredentials(username: $0.username, password: $0.password.reveal())
        }
        for header in call.credentials.headers {
            request.headers.append(name: header.name, value: header.value.reveal())
        }
        if let token { request.headers.append(name: "Authorization", value: "Bearer \(token.reveal())") }
        if let secret = call.credentials.secret {
            let now = clock.now()
            let nonce = ids.next(at: now).description
            request.headers += WebhookSignature(of: call.body, secret: secret, nonce: nonce, at: now).headers
        }
        request.body = [call.body[...]]
        request.timeout = timeout
        request.readsBody = false
        request.trust = trust()
        request.addressPolicy = .publicOnly(allowing: allowed())
        return request
    }
}
