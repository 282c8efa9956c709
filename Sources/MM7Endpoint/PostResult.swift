import GatewayCore
import HTTPServing
import IPRanges
import MM7

/// What a post to the endpoint turned out to be. It alone decides the answer.
enum PostResult: Sendable {
    /// Not a POST.
    case wrongMethod
    /// The path names no MMSC of the configuration.
    case unknownMMSC
    case refused(CallbackAccess.Refusal)
    case tooLarge(limitBytes: Int)
    /// Other posts had all the memory for bodies.
    case noMemory
    /// Too many posts still wait for the disk though they were answered.
    case backlog
    /// The body ended before it was whole.
    case cutOff
    /// The server refused the request before any route.
    case noRequest(RequestRefusal)
    /// No message could be read; the error has what could be recognised.
    case unreadable(MM7Error)
    /// No message could be read; the result says whether the post is kept for the operator.
    case unreadableKept(MM7Error, UnreadableKeeper.Result)
    /// A message that the gateway does not take: another operation, or a response.
    case notTaken(Envelope)
    /// A report or a message that was not on the disk in time. It may be stored all the same; a repetition is
    /// recognised then.
    case late(Envelope)
    /// A DeliveryReportReq or a ReadReplyReq, and what the store made of it.
    case report(Envelope, Result<ReportResult, StoreFailure>)
    /// A DeliverReq, and what became of it.
    case inbound(Envelope, IntakeResult)
}

/// Who posted, and to which name, so that an operator can find an MMSC that was given a wrong URL.
struct PostSource: Sendable {
    /// Nil where there is no connection, as in tests.
    var peer: IPAddress?
    /// The name in the path, or the whole path where that has none.
    var name: PeerText
    /// The trace of the post; nil where it never became a request.
    var trace: Trace?
}
