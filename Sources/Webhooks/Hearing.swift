import CurlHTTP
import GatewayCore

/// What the answer to a call means.
enum Hearing: Sendable, Equatable {
    case heard
    /// Worth another try.
    case notNow(reason: String)
    /// The receiver does not want it.
    case refused(reason: String)

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
            // An address that is refused may be listed by the next reload; a URL that is none stays so.
            case .invalidURL, .invalidRequest: .refused(reason: failure.message)
            default: .notNow(reason: failure.message)
            }
    }
}
