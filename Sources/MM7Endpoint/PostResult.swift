import GatewayCore
import HTTPServing
import IPRanges
import MM7

/// What a post to the endpoint turned out to be. It alone decides the answer.
enum PostResult: Sendable {
    /// Not a POST.
    case wrongMethod
    /// The path names no MMSC of ours.
    case unknownMMSC
    case refused(CallbackAccess.Refusal)
    case tooLarge(limitBytes: Int)
    /// Other posts had all the memory for bodies.
    case noMemory
    /// Too many posts still wait for the disk though they were answered.
    case backlog
    /// The body ended before it was whole.
    case cutOff
    /// What came is no request that the server hands on.
    case noRequest(RequestRefusal)
    /// No message could be read; the error has what was plain of it.
    case unreadable(MM7Error)
    /// No message could be read, and the post is kept for the operator, or was to be.
    case unreadableKept(MM7Error, UnreadableKeeper.Result)
    /// A message that is none of ours to take: another operation, or a response.
    case notTaken(Envelope)
    /// A report or a message that was not on the disk in time. It may be kept all the same: a repetition is known then.
    case late(Envelope)
    /// A DeliveryReportReq or a ReadReplyReq, and what the store made of it.
    case report(Envelope, Result<ReportResult, StoreFailure>)
    /// A DeliverReq, and what became of it.
    case inbound(Envelope, IntakeResult)
}

/// Who posted, and where to: what an operator needs to find the MMSC that was given another URL.
struct PostSource: Sendable {
    /// Nil where there is no connection, as in tests.
    var peer: IPAddress?
    /// The name in the path, or the whole path where that has none.
    var name: PeerText
}
