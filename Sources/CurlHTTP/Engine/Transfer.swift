import CCurl
import Glibc
import IPRanges

/// One request that libcurl carries out, from its start to its one result.
///
/// It is used only on the loop's thread, which keeps it in its table as long as libcurl may call back.
final class Transfer {
    let ticket: Ticket
    let easy: EasyHandle
    let pending: PendingRequest
    /// Whether the handle knew a challenge from a request before.
    let hasKeptLogin: Bool
    private let addressPolicy: AddressPolicy
    private(set) var progress: RequestProgress
    private var body: BodySegments
    private(set) var response: ResponseCollector
    /// The response to a request whose body is not wanted, set when the head is complete. What comes later changes
    /// nothing.
    private var decided: HTTPResponse?
    private var unwantedBytes = 0
    private let drains: DrainList
    /// Why one of our callbacks has stopped libcurl.
    private var stopReason: HTTPFailure.Kind?
    /// Whether a body is being read although its end is ambiguous.
    private var isAmbiguous = false
    private var hasRefusedAddress = false
    private var hasOpenedSocket = false
    private var challenges = 0
    let begin = ContinuousClock.now

    init(
        _ pending: PendingRequest, on easy: EasyHandle, hasKeptLogin: Bool = false,
        _ configuration: HTTPClient.Configuration, drains: DrainList
    ) throws(HTTPFailure) {
        let request = pending.request
        ticket = pending.ticket
        self.easy = easy
        self.pending = pending
        self.hasKeptLogin = hasKeptLogin
        self.drains = drains
        addressPolicy = request.addressPolicy
        progress = RequestProgress(of: request)
        body = BodySegments(request.body)
        response = ResponseCollector(
            bodyLimitBytes: request.responseLimitBytes, headLimitBytes: request.headLimitBytes)
        try easy.describe(request, configuration)
        try connectCallbacks()
    }

    /// The transfer that an easy handle belongs to.
    static func of(_ easy: UnsafeMutableRawPointer) -> Transfer? {
        var context: UnsafeMutableRawPointer?
        guard ccurl_get_private(easy, &context) == CURLE_OK, let context else { return nil }
        return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }

    /// Connections this transfer has opened.
    var connectionsOpened: Int {
        easy.number(CURLINFO_NUM_CONNECTS)
    }

    /// Ends the transfer after libcurl has ended it.
    func end(with code: CURLcode) {
        if let decided { return pending.continuation.resume(returning: .success(decided)) }
        guard code != CURLE_OK else {
            // libcurl takes a connection that ends within the head for the end of the response.
            guard var response = response.partial else { return end(.connectionLost, "the response's head is cut") }
            if isAmbiguous { return end(.invalidResponse, Self.ambiguity) }
            response.status = easy.number(CURLINFO_RESPONSE_CODE)
            if isUnsent(despite: response.status) {
                return end(.login, "the answer \(response.status) was no challenge")
            }
            return pending.continuation.resume(returning: .success(response))
        }
        if stopReason == nil, let failure = securityFailure(code) {
            return pending.continuation.resume(returning: .failure(failure))
        }
        let isEveryAddressRefused = code == CURLE_COULDNT_CONNECT && hasRefusedAddress && !hasOpenedSocket
        let kind = stopReason ?? (isEveryAddressRefused ? .refusedAddress : HTTPFailure.Kind(code))
        switch kind {
        case .refusedAddress:
            end(kind, "the address policy does not permit the host's address")
        case .responseTooLarge(let limitBytes):
            end(kind, "the response exceeds the limit of \(limitBytes) bytes")
        case .invalidResponse where stopReason != nil:
            end(kind, Self.ambiguity)
        case .login:
            end(kind, "the peer challenged the login again and again")
        case .connectionLost where stopReason != nil:
            end(kind, "the connection was lost and the request may have arrived")
        default:
            end(kind, easy.explanation(of: code))
        }
    }

    /// Ends the transfer before libcurl does.
    func end(_ kind: HTTPFailure.Kind, _ message: String) {
        if let decided { return pending.continuation.resume(returning: .success(decided)) }
        let mayHaveArrived = progress.requestMayHaveArrived
        let failure = HTTPFailure(
            kind: kind, requestMayHaveArrived: mayHaveArrived, message: message,
            response: isLoggingIn && (kind == .login || response.status == 401) ? nil : response.partial)
        pending.continuation.resume(returning: .failure(failure))
    }
}

extension Transfer {
    /// The most that is read of an unwanted body so that its connection can be used again.
    private static let unwantedLimitBytes = 64 << 10

    /// The most challenges that are answered: one for a login, one for each that is stale.
    private static let mostChallenges = 3

    private static let ambiguity = "the response names more than one length, or one that is no number"
}

/// What libcurl asks and reports, in plain terms; `Transfer+callbacks.swift` has the C of it.
extension Transfer {
    /// Whether a socket to the address may be opened.
    func mayOpenSocket(to address: UnsafePointer<sockaddr>) -> Bool {
        let isPermitted = addressPolicy == .any || IPAddress(address).map(addressPolicy.permits) ?? false
        if isPermitted {
            hasOpenedSocket = true
        } else {
            hasRefusedAddress = true
        }
        return isPermitted
    }

    /// Whether the request may now be sent to the peer, be it over a new connection or one that was kept.
    ///
    /// A repeat of a request with a body is also checked in `rewindBody`, if libcurl needs to rewind; one without a
    /// body is checked only here.
    func mayStart(to address: String) -> Bool {
        // A kept connection may come from a request with another policy.
        guard addressPolicy.permits(address: address) else {
            stopReason = .refusedAddress
            return false
        }
        (hasOpenedSocket, hasRefusedAddress, isAmbiguous) = (false, false, false)
        response.beginAnew()
        switch progress.start() {
        case .first, .repeated:
            return true
        case .redirected where isLoggingIn && challenges == Self.mostChallenges:
            stopReason = .login
            return false
        case .redirected:
            challenges += 1
            body.rewind()
            return true
        case .refused:
            stopReason = .connectionLost
            return false
        }
    }

    func readBody(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = body.read(into: buffer)
        if count > 0 {
            progress.handOutBody()
        }
        return count
    }

    /// Sets the body back to its start, unless the peer could then see it twice without the caller's consent.
    func rewindBody() -> Bool {
        guard body.isAtStart || progress.mayRewind else { return false }
        body.rewind()
        return true
    }

    /// Whether to go on.
    func take(headerLine line: UnsafeRawBufferPointer) -> Bool {
        switch response.take(line: line) {
        case .incomplete:
            return true
        case .answered:
            noteAnswer()
            decide()
            return true
        case .contradictory:
            decide()
            guard pending.request.readsAmbiguousBody, decided == nil else {
                stopReason = .invalidResponse
                return false
            }
            isAmbiguous = true
            easy.closeConnectionAfterwards()
            noteAnswer()
            return true
        case .tooLarge(let limitBytes):
            stopReason = .responseTooLarge(limitBytes: limitBytes)
            return false
        }
    }

    private func noteAnswer() {
        if isLoggingIn, response.status == 401 { progress.challenge() } else { progress.answer() }
    }

    /// Takes the final head as the whole response, if the body is not wanted.
    private func decide() {
        let request = pending.request
        guard !request.readsBody, request.maxRedirects == 0 || !(300..<400).contains(response.status) else { return }
        decided = response.partial
        drains.append(ticket)
    }

    /// Whether to go on.
    func take(bodyBytes bytes: UnsafeRawBufferPointer) -> Bool {
        guard decided == nil else {
            unwantedBytes += bytes.count
            return unwantedBytes <= Self.unwantedLimitBytes
        }
        let isTaken = response.take(bytes: bytes, announcedBytes: easy.offset(CURLINFO_CONTENT_LENGTH_DOWNLOAD_T))
        if !isTaken {
            stopReason = .responseTooLarge(limitBytes: pending.request.responseLimitBytes)
        }
        return isTaken
    }
}
