import CurlHTTP
import GatewayCore
import MM7

/// The verdicts on answers without MM7. A web server, a proxy or a SOAP engine in front of the MMSC has answered, or an
/// MMSC that could not read the message. Such an answer says nothing about the message, so it makes nothing final.
extension Verdict {
    /// A fault without a status says only whose fault it is. (SOAP 1.1, 4.4.1)
    ///
    /// One that blames us may mean the message, our dialect or the address it was sent to. One that blames the server
    /// says nothing about the message, not even whether it was taken, and is temporary.
    init(_ fault: Fault) {
        let reason = fault.string ?? "SOAP fault \(fault.code)"
        // The code may have any prefix; the second word is that of SOAP 1.2.
        let blamesServer = ["Server", "Receiver"].contains { fault.code == $0 || fault.code.hasSuffix(":\($0)") }
        self = blamesServer ? .uncertain(reason: reason, retryAfter: nil) : .doubtful(nil, reason: reason)
    }

    init(httpStatus: Int, retryAfter: Duration?) {
        let reason = "HTTP \(httpStatus) without a readable MM7 answer"
        self =
            switch httpStatus {
            case 200..<300: .answerLost(reason: reason)
            // The server that wrote this may have read the message.
            case 400, 422: .doubtful(nil, reason: reason)
            // The method, the version or the network is not supported: no later time will change that.
            case 501, 505, 510, 511: .misconfigured(nil, reason: reason)
            // The request was turned away before anybody did something with it.
            case 408, 425, 429, 503: .transient(nil, reason: reason, retryAfter: retryAfter)
            // The failure may have been behind the MMSC, or in it after it had taken the message.
            case 500...: .uncertain(reason: reason, retryAfter: retryAfter)
            // Wrong credentials, wrong address, wrong method, a redirect: the application is not there now, or the
            // configuration leads elsewhere.
            default: .misconfigured(nil, reason: reason)
            }
    }

    /// Whether the HTTP status says more than a fault without a status: that we are not allowed, that there is no room
    /// now, or that there is nothing at this address.
    static func speaksForItself(_ httpStatus: Int) -> Bool {
        switch httpStatus {
        case 200..<300, 400, 422, 500: false
        default: true
        }
    }

    /// The verdict on a 413, which is believed only where the request is larger than all that the MMSC took before.
    /// Otherwise, or before it took any, a 413 says nothing about the message.
    ///
    /// - Parameters:
    ///   - octets: the size of the request's body.
    ///   - largest: the size of the largest body that the MMSC took so far; 0 for none.
    func judgingSize(of octets: Int, largestTaken largest: Int) -> Verdict {
        guard largest > 0, octets > largest, case .misconfigured(nil, _) = self else { return self }
        return .refused(
            .mediaTooLarge, nil,
            reason: "HTTP 413: the request has \(octets) octets, and the largest that was ever taken has \(largest)")
    }
}
