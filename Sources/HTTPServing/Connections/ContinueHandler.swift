import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Answers `Expect: 100-continue` with 100 when it is the request's turn, so that the peer sends the body at once
/// instead of after a time-out of its own. (RFC 9110, 10.1.1)
final class ContinueHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var turns = RequestTurns()
    /// The request that is being read asked for a 100 while an earlier one had no full answer yet.
    private var owesContinue = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        turns.received(part)
        switch part {
        case .head(let head):
            owesContinue = head.headerFields[.expect]?.lowercased() == "100-continue"
            payIfDue(context)
        // The peer did not wait.
        case .body, .end: owesContinue = false
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        turns.sent(unwrapOutboundIn(data))
        context.write(data, promise: promise)
        payIfDue(context)
    }

    private func payIfDue(_ context: ChannelHandlerContext) {
        guard owesContinue, turns.isTurnOfArriving else { return }
        owesContinue = false
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
    }
}
