import CurlHTTP
import GatewayCore

/// What the answer to a call means.
enum WebhookResult: Sendable, Equatable {
    case heard
    /// Worth another try.
    case notNow(reason: PeerText)
    /// We cannot send it, or may not. The operator has to mend that; after that another try is worth it.
    case unsendable(reason: PeerText)
    /// The receiver does not want it.
    case refused(reason: PeerText)

    init(status: Int) {
        self =
            switch status {
            case 200..<300: .heard
            case 429, 500...: .notNow(reason: "the receiver answered \(status)")
            // A redirect is not followed: a signed call goes where the customer said and nowhere else.
            default: .refused(reason: "the receiver answered \(status)")
            }
    }

    init(_ failure: HTTPFailure) {
        self =
            switch failure.kind {
            case .refusedAddress:
                .unsendable(reason: "the receiver's address is not public, and egress.allow does not have it")
            case .invalidURL, .invalidRequest: .unsendable(reason: PeerText(failure.message))
            default: .notNow(reason: PeerText(failure.message))
            }
    }
}
