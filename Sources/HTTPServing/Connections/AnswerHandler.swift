import NIOCore
import NIOHTTP1

/// Watches answers on their way out: gives them the fields that their connection needs, lets the gate know when one is
/// out, and ends a connection whose peer takes nothing more.
///
/// The idle timer of the server does not run while a request is answered, and an answer that is read piece by piece
/// from a file would be held open for ever. The time begins anew with every piece that the system takes, so that a slow
/// peer gets all of it.
final class AnswerHandler: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let gate: RequestGate
    private let entry: Connections.Entry
    private let limit: TimeAmount
    private var timer: Scheduled<Void>?
    /// Pieces that the system has not taken yet, and their octets.
    private var pending = 0
    private var pendingBytes = 0
    /// The part of them that is counted among all answers.
    private var counted = 0
    private var lastTaken = NIODeadline.now()
    /// Octets that were written since the last piece that is watched.
    private var unwatchedBytes = 0

    /// Octets of an answer that is so small that its end alone is watched.
    private static let smallBytes = 8 << 10

    init(_ gate: RequestGate, _ entry: Connections.Entry, limit: TimeAmount) {
        self.gate = gate
        self.entry = entry
        self.limit = limit
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head) where (100..<200).contains(head.status.code):
            context.write(data, promise: promise)
        case .head(let head):
            gate.answerBegins()
            context.write(wrapOutboundOut(.head(framed(head))), promise: promise)
        case .body(let octets) where promise == nil && unwatchedBytes + octets.readableBytes <= Self.smallBytes:
            // The system takes it with what follows, which is watched.
            unwatchedBytes += octets.readableBytes
            context.write(data, promise: nil)
        case .body(let octets):
            watch(octets.readableBytes, data, promise, context) {}
        case .end:
            watch(0, data, promise, context) { self.gate.answerIsOut() }
        }
    }

    func flush(context: ChannelHandlerContext) {
        context.flush()
        guard pending > 0, context.channel.isActive else { return }
        gate.answerWaits()
        count(pendingBytes)
        if timer == nil { startTimer(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
    }

    private func watch(
        _ bytes: Int, _ data: NIOAny, _ promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext,
        _ onTaken: @escaping () -> Void
    ) {
        let promise = promise ?? context.eventLoop.makePromise()
        let bytes = bytes + unwatchedBytes
        unwatchedBytes = 0
        if pending == 0 { lastTaken = .now() }
        pending += 1
        pendingBytes += bytes
        promise.futureResult.assumeIsolated().whenComplete { result in
            self.pending -= 1
            self.pendingBytes -= bytes
            self.lastTaken = .now()
            if self.pending == 0 {
                self.count(0)
                self.gate.answerIsTaken()
            }
            if case .success = result { onTaken() }
        }
        context.write(data, promise: promise)
    }

    private func count(_ bytes: Int) {
        guard bytes != counted else { return }
        entry.holds(bytes, since: counted)
        counted = bytes
    }

    private func startTimer(_ context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: lastTaken + limit) {
            self.timer = nil
            guard self.pending > 0, context.channel.isActive else { return }
            if self.lastTaken + self.limit <= .now() { context.close(promise: nil) } else { self.startTimer(context) }
        }
    }

    /// The head with what the peer has to know of the connection, in the form that its version knows. (RFC 9112, 9.3)
    private func framed(_ head: HTTPResponseHead) -> HTTPResponseHead {
        var head = head
        if head.headers["connection"].contains(where: { $0.lowercased() == "close" }) { gate.closeAfterAnswer() }
        guard let request = gate.current else { return head }
        if request.isHTTP10, head.status.mayHaveResponseBody, !head.headers.contains(name: "content-length") {
            // HTTP/1.0 knows no chunks: the end of the connection is the end of the body.
            head.version = .http1_0
            gate.closeAfterAnswer()
        }
        if gate.current?.closes == true {
            head.headers.replaceOrAdd(name: "connection", value: "close")
        } else if request.isHTTP10 {
            head.headers.replaceOrAdd(name: "connection", value: "keep-alive")
        }
        return head
    }
}
