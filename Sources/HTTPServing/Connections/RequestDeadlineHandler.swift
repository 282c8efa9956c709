import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Ends a connection whose request takes longer to arrive than allowed, however busily it drips: the idle timer of the
/// server starts anew with every piece of a body and would wait for ever.
///
/// The time counts from the head of a request to its end. A head that drips is no piece yet: the idle timer ends that.
final class RequestDeadlineHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let deadline: TimeAmount
    private let answer: TimeoutAnswer
    private var timer: Scheduled<Void>?
    private var turns = RequestTurns()
    /// The connection is being closed by us; what the server still writes has nobody to read it.
    private var isOver = false

    init(_ deadline: TimeAmount, answer: TimeoutAnswer) {
        self.deadline = deadline
        self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        let part = unwrapInboundIn(data)
        turns.received(part)
        switch part {
        case .head: startTimer(context)
        case .body: break
        case .end: stopTimer()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isOver else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        turns.sent(unwrapOutboundIn(data))
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        stopTimer()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stopTimer()
    }

    private func startTimer(_ context: ChannelHandlerContext) {
        stopTimer()
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: deadline) { self.close(context) }
    }

    private func stopTimer() {
        timer?.cancel()
        timer = nil
    }

    private func close(_ context: ChannelHandlerContext) {
        isOver = true
        if turns.isTurnOfArriving {
            let body = ByteBuffer(bytes: answer.bytes)
            let fields: HTTPFields = [
                .connection: "close", .contentType: answer.contentType, .contentLength: "\(body.readableBytes)",
            ]
            context.write(
                wrapOutboundOut(.head(HTTPResponse(status: .requestTimeout, headerFields: fields))), promise: nil)
            context.write(wrapOutboundOut(.body(body)), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
        context.close(promise: nil)
    }
}
