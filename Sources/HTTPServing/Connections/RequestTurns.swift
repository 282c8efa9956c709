import HTTPTypes
import NIOHTTPTypes

/// Where a connection is in its requests and answers. Peers may send the next request before the answer to the last one
/// (RFC 9112, 9.3.2); what we say about a request may only be said when the answers before it are out.
struct RequestTurns {
    /// A request's head is here and its end is not.
    private(set) var isArriving = false
    /// The head of an answer is out and its end is not.
    private(set) var isAnswering = false
    /// Requests whose head is here and whose answer is not out to its end.
    private var unanswered = 0

    /// Whether the request that is arriving has no answer yet, and none before it is due.
    var isTurnOfArriving: Bool { isArriving && unanswered == 1 && !isAnswering }

    mutating func received(_ part: HTTPRequestPart) {
        switch part {
        case .head:
            isArriving = true
            unanswered += 1
        case .body: break
        case .end: isArriving = false
        }
    }

    mutating func sent(_ part: HTTPResponsePart) {
        switch part {
        // 1xx announces an answer and is none.
        case .head(let head): isAnswering = head.status.kind != .informational
        case .body: break
        case .end:
            isAnswering = false
            unanswered -= 1
        }
    }
}
