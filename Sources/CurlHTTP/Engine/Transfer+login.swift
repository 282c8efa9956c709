import CCurl

/// Digest authentication, as far as libcurl leaves something to decide.
///
/// Without a challenge libcurl first sends the request without its body and expects a 401 with one. It then sends the
/// whole request, and answers a challenge that it calls stale by another one.
extension Transfer {
    var isLoggingIn: Bool { pending.request.authentication == .digest && pending.request.credentials != nil }

    /// Whether an answer with this status is the answer to an empty request alone. A 401 means what it says all the
    /// same: the peer asks for a login of another kind.
    func isUnsent(despite status: Int) -> Bool {
        isLoggingIn && status != 401 && !progress.hasHandedOutBody && pending.request.body.contains { !$0.isEmpty }
    }

    /// The request once more, where it was refused with a challenge from before: not every peer says that this one is
    /// stale. What has passed of its time is not given back.
    var repeatWithoutKeptLogin: PendingRequest? {
        guard hasKeptLogin, easy.number(CURLINFO_RESPONSE_CODE) == 401 else { return nil }
        var request = pending.request
        request.timeout -= .now - begin
        return PendingRequest(ticket: ticket, request: request, continuation: pending.continuation)
    }

    /// The login that the handle is kept for, once the peer has answered it with something else than 401.
    var provenLogin: KeptLogins.Login? {
        guard progress.hasBeenAnswered, progress.hasHandedOutBody, response.status != 401 else {
            return nil
        }
        return pending.request.login
    }
}
