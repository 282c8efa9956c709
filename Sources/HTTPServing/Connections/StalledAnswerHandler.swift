import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Ends a connection whose peer takes nothing more of an answer: the idle timer of the server does not run while a
/// request is answered, and an answer that is read piece by piece from a file would be held open for ever.
///
/// The time begins anew with every piece that the system takes, so that a slow peer gets all of it.
final class StalledAnswerHandler: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limit: TimeAmount
    private var timer: Scheduled<Void>?
    /// Written and not taken yet.
    private var pending = 0

    init(_ limit: TimeAmount) {
        self.limit = limit
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let promise = promise ?? context.eventLoop.makePromise()
        pending += 1
        if timer == nil { startTimer(context) }
        promise.futureResult.assumeIsolated().whenComplete { _ in self.taken(context) }
        context.write(data, promise: promise)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stopTimer()
    }

    private func taken(_ context: ChannelHandlerContext) {
        pending -= 1
        stopTimer()
        if pending > 0, context.channel.isActive { startTimer(context) }
    }

    private func startTimer(_ context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: limit) { context.close(promise: nil) }
    }

    private func stopTimer() {
        timer?.cancel()
        timer = nil
    }
}
