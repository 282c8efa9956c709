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
    let ongoing: OngoingClaims
    let logger: Logger

    /// Far more than any SubmitRsp or fault with details.
    private static let answerLimitBytes = 256 * 1024
    /// Between two tries to keep an outcome.
    private static let pauseOfStore = Duration.seconds(1)
    /// Before a message is made again that could not be, for want of its media or its batch.
    private static let pauseOfDisk = Duration.seconds(60)

    func submit(_ claim: Claim) async {
        ongoing.begin(claim.message)
        defer { ongoing.end(claim.message) }
        let outcome = await outcome(of: claim)
        logger.debug(
            "An attempt ended",
            metadata: [
                "message": "\(claim.message)", "mmsc": "\(claim.mmsc)", "attempt": "\(claim.attempt)",
                "event": "\(outcome.event)", "status": "\(outcome.statusCode.map(String.init) ?? "none")",
                "reason": "\(outcome.statusText ?? "none")",
            ])
        await record(outcome, of: claim)
    }

    /// Keeps what became of the claim, however long the store takes to be able to: an answer forgotten is a message
    /// sent twice. Gives up only when the gateway stops; the next start finds the message in doubt.
    private func record(_ outcome: Outcome, of claim: Claim) async {
        while true {
            do {
                return try await store.record(outcome, of: claim, now: clock.now())
            } catch {
                logger.error(
                    "The outcome of an attempt could not be recorded",
                    metadata: ["message": "\(claim.message)", "mmsc": "\(claim.mmsc)", "error": "\(error)"])
                guard case .unavailable = error else { return }
            }
            do {
                try await clock.sleep(until: clock.now() + Self.pauseOfStore)
            } catch {
                return
            }
        }
    }

    private func outcome(of claim: Claim) async -> Outcome {
        let directory = directory.now
        guard let mmsc = directory.mmscs[claim.mmsc] else {
            // A reload took the MMSC away between the claim and now; the message waits for it to come back.
            return Outcome(.released, dueAt: clock.now() + .seconds(10))
        }
        if claim.isResend, mmsc.onLostAnswer == .fail { return Outcome(.gaveUp) }
        guard claim.expireAt > clock.now() else { return Outcome(.abandoned(.expiredInQueue)) }
        let request: HTTPRequest
        do {
            let content = try await contents.content(
                of: claim, profile: mmsc.profile, generation: directory.generation)
            guard let submit = content.request(for: claim.recipient, at: mmsc),
                let encoded = try content.encoded(for: claim.recipient, profile: mmsc.profile)
            else { return Outcome(.abandoned(.unmatchedParameter)) }
            request = try Self.request(submit, encoded, transactionID: claim.transactionID, to: mmsc)
        } catch let error as MM7Error {
            return Outcome(.abandoned(.internalError), statusText: error.reason)
        } catch {
            logger.error(
                "A message could not be made; it is tried again",
                metadata: ["message": "\(claim.message)", "batch": "\(claim.batch)", "error": "\(error)"])
            return Outcome(.released, dueAt: clock.now() + Self.pauseOfDisk)
        }
        let verdict: Verdict
        do {
            verdict = Verdict(
                try await client.send(request), profile: mmsc.profile, transactionID: claim.transactionID)
        } catch {
            // The gateway is stopping, and nothing was sent.
            if [.cancelled, .shutDown].contains(error.kind), !error.requestMayHaveArrived { return Outcome(.released) }
            verdict = Verdict(error)
        }
        if case .misconfigured(let code, let reason) = verdict {
            alarm.raise(
                for: mmsc.name, code: code, reason: PeerWords.presentable(reason, from: mmsc), now: clock.now())
        }
        var outcome = retries.outcome(
            of: verdict, for: claim, onLostAnswer: mmsc.onLostAnswer, now: clock.now(), jitter: .random(in: 0...1))
        outcome.statusText = outcome.statusText.map { PeerWords.presentable($0, from: mmsc) }
        return outcome
    }

    private static func request(
        _ submit: SubmitReq, _ content: EncodedContent, transactionID: String, to mmsc: MMSC
    ) throws(MM7Error) -> HTTPRequest {
        let message = try MessageWriter(profile: mmsc.profile)
            .write(submit, transactionID: transactionID, content: content)
        var request = HTTPRequest(method: .post, url: mmsc.url)
        request.headers = ["Content-Type": message.contentType]
        if !mmsc.profile.soapAction.isEmpty {
            request.headers.append(name: "SOAPAction", value: mmsc.profile.soapAction)
        }
        request.body = message.segments
        request.credentials = mmsc.login.map {
            BasicCredentials(username: $0.username, password: $0.password.reveal())
        }
        request.timeout = mmsc.timeout
        request.responseLimitBytes = answerLimitBytes
        return request
    }
}
