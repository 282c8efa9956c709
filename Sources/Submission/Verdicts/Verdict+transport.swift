import CurlHTTP
import GatewayCore
import MM7

/// What remains to be judged where no MM7 was in the answer. A web server, a proxy or a SOAP engine in front of the MMSC
/// has answered, or an MMSC that did not come to read the message: so it says nothing of the message, and nothing is final
/// by it.
extension Verdict {
    /// A fault without a status says only whose fault it is. (SOAP 1.1, 4.4.1)
    ///
    /// One that blames us may mean the message, our dialect or the address it was sent to. One that blames the server says
    /// nothing of the message, not even how far it came, and passes.
    init(_ fault: Fault) {
        let reason = fault.string ?? "SOAP fault \(fault.code)"
        // With whatever prefix; the second word is that of SOAP 1.2.
        let blamesServer = ["Server", "Receiver"].contains { fault.code == $0 || fault.code.hasSuffix(":\($0)") }
        self = blamesServer ? .uncertain(reason: reason, retryAfter: nil) : .doubtful(nil, reason: reason)
    }

    init(httpStatus: Int, retryAfter: Duration?) {
        let reason = "HTTP \(httpStatus) without a readable MM7 answer"
        self =
            switch httpStatus {
            case 200..<300: .answerLost(reason: reason)
            // Whoever wrote that may have looked into the message.
            case 400, 422: .doubtful(nil, reason: reason)
            // The method, the version or the network is not supported: no later time will change that.
            case 501, 505, 510, 511: .misconfigured(nil, reason: reason)
            // The request was turned away before anybody did something with it.
            case 408, 425, 429, 503: .transient(nil, reason: reason, retryAfter: retryAfter)
            // What failed there may have failed behind the MMSC, or in it after it had taken the message.
            case 500...: .uncertain(reason: reason, retryAfter: retryAfter)
            // Wrong credentials, wrong address, wrong method, a redirect: the application is not there now, or the
            // configuration leads elsewhere.
            default: .misconfigured(nil, reason: reason)
            }
    }

    /// HTTP statuses that say more than a fault without a status: who we are, that there is no room now, or that there is
    /// nothing here.
    static func speaksForItself(_ httpStatus: Int) -> Bool {
        switch httpStatus {
        case 200..<300, 400, 422, 500: false
        default: true
        }
    }

    /// The verdict on a 413, taken for what it says where that can be told: a request larger than all that passed there
    /// before is too large. Of one that is not, or before anything has passed, it says nothing.
    ///
    /// - Parameters:
    ///   - octets: of the request's body.
    ///   - largest: of the bodies that the MMSC took so far; 0 for none.
    func judgingSize(of octets: Int, largestTaken largest: Int) -> Verdict {
        guard largest > 0, octets > largest, case .misconfigured(nil, _) = self else { return self }
        return .refused(
            .mediaTooLarge, nil,
            reason: "HTTP 413: the request has \(octets) octets, and the largest that was ever taken has \(largest)")
    }
}
