import NIOCore
import NIOHTTP2

/// Watches the answer on one stream, as `AnswerHandler` does on a connection: counts what was written and not taken, and
/// ends a stream whose peer takes nothing more. The time begins anew with every piece that the system takes.
final class StreamAnswers: ChannelOutboundHandler {
    typealias OutboundIn = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    private let gate: StreamGate
    private let tally: StreamTally
    private let limit: TimeAmount
    private var timer: Scheduled<Void>?
    /// Pieces that the system has not taken yet, and their octets.
    private var pending = 0
    private var pendingBytes = 0
    /// The part of them that is counted among all answers.
    private var counted = 0
    private var isWaiting = false
    private var lastTaken = NIODeadline.now()

    init(_ gate: StreamGate, _ tally: StreamTally, limit: TimeAmount) {
        self.gate = gate
        self.tally = tally
        self.limit = limit
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .data(let piece): watch(piece.data.readableBytes, isEnd: piece.endStream, data, promise, context)
        case .headers(let head) where head.endStream: watch(0, isEnd: true, data, promise, context)
        default: context.write(data, promise: promise)
        }
    }

    func flush(context: ChannelHandlerContext) {
        context.flush()
        guard pending > 0, context.channel.isActive else { return }
        waits(true)
        tally.holds(pendingBytes - counted)
        counted = pendingBytes
        if timer == nil { startTimer(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        settle()
    }

    private func watch(
        _ bytes: Int, isEnd: Bool, _ data: NIOAny, _ promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext
    ) {
        let promise = promise ?? context.eventLoop.makePromise()
        if pending == 0 { lastTaken = .now() }
        pending += 1
        pendingBytes += bytes
        promise.futureResult.assumeIsolated().whenComplete { result in
            self.pending -= 1
            self.pendingBytes -= bytes
            self.lastTaken = .now()
            if self.pending == 0 { self.settle() }
            if isEnd, case .success = result { self.gate.answerIsOut() }
        }
        context.write(data, promise: promise)
    }

    private func settle() {
        waits(false)
        tally.holds(-counted)
        counted = 0
    }

    private func waits(_ isWaitingNow: Bool) {
        guard isWaitingNow != isWaiting else { return }
        isWaiting = isWaitingNow
        tally.changes(waiting: isWaitingNow ? 1 : -1)
    }

    private func startTimer(_ context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: lastTaken + limit) {
            self.timer = nil
            guard self.pending > 0, context.channel.isActive else { return }
            if self.lastTaken + self.limit <= .now() { context.close(promise: nil) } else { self.startTimer(context) }
        }
    }
}
