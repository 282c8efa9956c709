/// What the peer can have seen of one request, and therefore whether libcurl may send it again by itself.
///
/// When a kept-alive connection proves dead, libcurl repeats the request on a new one. But the peer may have acted on
/// it and died before the answer, and what it acted on may cost money twice. So a repeat is only let pass while it is
/// certain that the peer has not seen any of the body, or if the request is one that asks for nothing but an answer.
struct RequestProgress {
    private let hasBody: Bool
    private let isSafe: Bool
    private var hasStarted = false
    private var isAnswered = false
    private var hasHandedOutBody = false

    init(of request: HTTPRequest) {
        hasBody = request.body.contains { !$0.isEmpty }
        isSafe = request.method.isSafe
    }

    /// See `HTTPFailure.requestMayHaveArrived`.
    var requestMayHaveArrived: Bool {
        hasBody ? hasHandedOutBody : hasStarted
    }

    /// What the sending of a request that is about to begin would be.
    enum Start {
        case first
        /// The peer has answered with a redirect, which is followed with this request.
        case redirected
        /// The same once more, harmless.
        case repeated
        /// The same once more, and the first may have arrived: not to be sent.
        case refused
    }

    /// A connection stands and libcurl is about to send.
    mutating func start() -> Start {
        defer {
            hasStarted = true
            isAnswered = false
        }
        if !hasStarted { return .first }
        if isAnswered { return .redirected }
        return !requestMayHaveArrived || isSafe && !hasBody ? .repeated : .refused
    }

    /// libcurl has taken bytes of the body; whether it sent them is not to be known.
    mutating func handOutBody() {
        hasHandedOutBody = true
    }

    /// The head of a final response is complete: what follows is a new request, not a repeat.
    mutating func answer() {
        isAnswered = true
    }

    /// Whether the body may be read from the start again.
    var mayRewind: Bool {
        !hasHandedOutBody || isAnswered
    }
}
