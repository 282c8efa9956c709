import CurlHTTP
import FoundationEssentials
import GatewayCore
import IPRanges
import Telemetry

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
    let telemetry: Telemetry

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
        let request = request(for: call)
        let sinceCall = Stopwatch()
        defer { telemetry.webhookAnswered(after: sinceCall.elapsed) }
        let receiver = WebServer(of: call.url)
        do {
            let status = try await client.send(request).status
            return Attempt(result: WebhookResult(status: status), ending: .answered, receiver: receiver)
        } catch {
            return Attempt(
                result: WebhookResult(error), ending: .init(error, elapsed: sinceCall.elapsed, of: timeout),
                receiver: receiver)
        }
    }

    func request(for call: WebhookCall) -> HTTPRequest {
        var request = HTTPRequest(method: .post, url: call.url)
        request.headers = [(name: "Content-Type", value: "application/json")]
        request.credentials = call.credentials.login.map {
            BasicCredentials(username: $0.username, password: $0.password.reveal())
        }
        for header in call.credentials.headers {
            request.headers.append(name: header.name, value: header.value.reveal())
        }
        if let secret = call.credentials.secret {
            let now = clock.now()
            let nonce = ids.next(at: now).description
            request.headers += WebhookSignature(of: call.body, secret: secret, nonce: nonce, at: now).headers
        }
        request.body = [call.body[...]]
        request.timeout = timeout
        request.readsBody = false
        request.addressPolicy = .publicOnly(allowing: allowed())
        return request
    }
}
