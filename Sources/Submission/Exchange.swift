import CurlHTTP
import FoundationEssentials
import GatewayCore
import Logging
import MM7

/// One SubmitReq and its answer: builds it, sends it, judges what came back and records it.
struct Exchange: Sendable {
    let store: any Store
    let contents: ContentCache
    let client: HTTPClient
    let directory: CurrentDirectory
    let clock: any WallClock
    let retries: RetryPolicy
    let alarm: RepairAlarm
    let logger: Logger

    /// Far more than any SubmitRsp or fault with details.
    private static let answerLimitBytes = 256 * 1024

    func submit(_ claim: Claim) async {
        let outcome = await outcome(of: claim)
        logger.debug(
            "An attempt ended",
            metadata: [
                "message": "\(claim.message)", "mmsc": "\(claim.mmsc)", "attempt": "\(claim.attempt)",
                "event": "\(outcome.event)", "status": "\(outcome.statusCode.map(String.init) ?? "none")",
                "reason": "\(outcome.statusText?.withoutNumbers ?? "none")",
            ])
        do {
            try await store.record(outcome, of: claim, now: clock.now())
        } catch {
            // The claim's lease ends without an answer, and the message is in doubt: sent again under its old name.
            logger.error(
                "The outcome of an attempt could not be recorded",
                metadata: ["message": "\(claim.message)", "mmsc": "\(claim.mmsc)", "error": "\(error)"])
        }
    }

    private func outcome(of claim: Claim) async -> Outcome {
        let directory = directory.now
        guard let mmsc = directory.mmscs[claim.mmsc] else {
            // A reload took the MMSC away between the claim and now; the message waits for it to come back.
            return Outcome(.released, dueAt: clock.now() + .seconds(10))
        }
        guard claim.expireAt > clock.now() else {
            return Outcome(.abandoned(.expiredInQueue))
        }
        let request: HTTPRequest
        do {
            let content = try await contents.content(
                of: claim, profile: mmsc.profile, generation: directory.generation)
            guard let encoded = try content.encoded(for: claim.recipient, profile: mmsc.profile) else {
                return Outcome(.abandoned(.unmatchedParameter))
            }
            request = try Self.request(
                content.request(for: claim.recipient, at: mmsc), encoded, transactionID: claim.transactionID, to: mmsc)
        } catch let error as MM7Error {
            return Outcome(.abandoned(.refusedByMMSC), statusText: error.reason)
        } catch {
            logger.error(
                "A message could not be made; it is tried again",
                metadata: ["message": "\(claim.message)", "batch": "\(claim.batch)", "error": "\(error)"])
            return Outcome(.released, dueAt: clock.now() + .seconds(10))
        }
        let verdict: Verdict
        do {
            verdict = Verdict(
                try await client.send(request), profile: mmsc.profile, transactionID: claim.transactionID)
        } catch {
            verdict = Verdict(error)
        }
        if case .misconfigured(let code, let reason) = verdict {
            alarm.raise(for: mmsc.name, code: code, reason: reason, now: clock.now())
        }
        return retries.outcome(
            of: verdict, for: claim, onLostAnswer: mmsc.onLostAnswer, now: clock.now(), jitter: .random(in: 0...1))
    }

    private static func request(
        _ submit: SubmitReq, _ content: EncodedContent, transactionID: String, to mmsc: MMSC
    ) throws(MM7Error) -> HTTPRequest {
        let message = try MessageWriter(profile: mmsc.profile)
            .write(submit, transactionID: transactionID, content: content)
        var request = HTTPRequest(method: .post, url: mmsc.url)
        request.headers = [
            (name: "Content-Type", value: message.contentType), (name: "SOAPAction", value: mmsc.profile.soapAction),
        ]
        request.body = message.segments
        request.credentials = mmsc.login.map {
            BasicCredentials(username: $0.username, password: $0.password.reveal())
        }
        request.timeout = mmsc.timeout
        request.responseLimitBytes = answerLimitBytes
        return request
    }
}
