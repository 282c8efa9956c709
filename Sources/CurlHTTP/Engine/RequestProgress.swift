/// What the peer may have seen of one request, and therefore whether libcurl may send it again by itself.
///
/// When a kept-alive connection proves dead, libcurl repeats the request on a new one. But the peer may have acted on
/// the request and died before the answer, and acting on it twice may cost money. So a repeat is allowed only while it
/// is certain that the peer has seen nothing of the body, or if the request only reads.
struct RequestProgress {
    private let hasBody: Bool
    private let isSafe: Bool
    private var hasStarted = false
    private var isAnswered = false
    /// Whether a response has come, be it to a try that was repeated since.
    private(set) var hasBeenAnswered = false
    private(set) var hasHandedOutBody = false

    init(of request: HTTPRequest) {
        hasBody = request.body.contains { !$0.isEmpty }
        isSafe = request.method.isSafe
    }

    /// See `HTTPFailure.requestMayHaveArrived`.
    var requestMayHaveArrived: Bool {
        hasBody ? hasHandedOutBody : hasStarted
    }

    /// The meaning of a sending that is about to begin.
    enum Start {
        case first
        /// The peer has answered with a redirect or a challenge, which is followed with this request.
        case redirected
        /// A repeat that does no harm.
        case repeated
        /// A repeat of a request that may have arrived: not to be sent.
        case refused
    }

    /// Notes that a connection is open and libcurl is about to send.
    mutating func start() -> Start {
        defer {
            hasStarted = true
            isAnswered = false
        }
        if !hasStarted { return .first }
        if isAnswered { return .redirected }
        return !requestMayHaveArrived || isSafe && !hasBody ? .repeated : .refused
    }

    /// Notes that libcurl has taken bytes of the body; nobody can know whether it sent them.
    mutating func handOutBody() {
        hasHandedOutBody = true
    }

    /// Notes that the head of a final response is complete: what follows is a new request, not a repeat.
    mutating func answer() {
        isAnswered = true
        hasBeenAnswered = true
    }

    /// Notes that the answer was a challenge: the peer has done nothing with what it saw of the request.
    mutating func challenge() {
        answer()
        hasHandedOutBody = false
    }

    /// Whether the body may be read from the start again.
    var mayRewind: Bool {
        !hasHandedOutBody || isAnswered
    }
}
