import HTTPTypes
import NIOCore
import NIOHPACK
import NIOHTTP2

/// What `RequestGate` is to a connection of HTTP/1.1, for one stream of HTTP/2: a request has to be whole in time, and
/// what is no request is answered here. The next handler, `StreamAnswers`, has the answer's side.
final class StreamGate: ChannelDuplexHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias InboundOut = HTTP2Frame.FramePayload
    typealias OutboundIn = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    private let tally: StreamTally
    private let limit: TimeAmount
    private let form: RefusalForm
    private let onRefusal: (RequestRefusal) -> Void
    private var isOpen = true
    private var hasHead = false
    private var isWhole = false
    private var isBusy = false
    private var isAnswered = false
    private var answerHasBegun = false
    private var isEnding = false
    private var timer: Scheduled<Void>?

    /// - Parameter limit: the time from the head of a request to its last octet, and for a peer to take a refusal.
    init(
        _ tally: StreamTally, limit: TimeAmount, form: RefusalForm, onRefusal: @escaping (RequestRefusal) -> Void
    ) {
        self.tally = tally
        self.limit = limit
        self.form = form
        self.onRefusal = onRefusal
    }

    func handlerRemoved(context: ChannelHandlerContext) { forget() }

    func channelInactive(context: ChannelHandlerContext) {
        forget()
        context.fireChannelInactive()
    }

    private func forget() {
        timer?.cancel()
        timer = nil
        isEnding = true
        becomes(busy: false)
        if isOpen { tally.ends() }
        isOpen = false
    }

    private func becomes(busy: Bool) {
        guard busy != isBusy else { return }
        isBusy = busy
        tally.changes(busy: busy ? 1 : -1)
    }
}

// MARK: - What comes in

extension StreamGate {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isEnding else { return }
        switch unwrapInboundIn(data) {
        case .headers(let head) where !hasHead:
            begin(head, context)
        case .headers(let trailers):
            context.fireChannelRead(data)
            if trailers.endStream { becomesWhole() }
        case .data(let body):
            context.fireChannelRead(data)
            if body.endStream { becomesWhole() }
        default:
            context.fireChannelRead(data)
        }
    }

    private func begin(_ head: HTTP2Frame.FramePayload.Headers, _ context: ChannelHandlerContext) {
        hasHead = true
        do throws(RequestRefusal) {
            var head = head
            let vetted = try StreamHead(head.headers)
            head.headers = vetted.headers
            if head.endStream { isWhole = true }
            if vetted.expectsContinue, !head.endStream {
                let goOn = HTTP2Frame.FramePayload.Headers(headers: [":status": "100"])
                context.writeAndFlush(wrapOutboundOut(.headers(goOn)), promise: nil)
            }
            if isWhole { becomes(busy: true) } else { startTimer(context) }
            context.fireChannelRead(wrapInboundOut(.headers(head)))
        } catch {
            isWhole = head.endStream
            refuse(error, context)
        }
    }

    private func becomesWhole() {
        isWhole = true
        timer?.cancel()
        timer = nil
        if !isAnswered { becomes(busy: true) }
    }

    private func startTimer(_ context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: limit) {
            self.timer = nil
            // Whoever drips on after the answer has it already.
            if self.isAnswered { self.reset(.noError, context) } else { self.refuse(.late, context) }
        }
    }
}

// MARK: - What goes out

extension StreamGate {
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isEnding else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        if case .headers(let head) = unwrapOutboundIn(data), !head.headers.isInformational { answerHasBegun = true }
        context.write(data, promise: promise)
    }

    /// The system has taken the whole answer.
    func answerIsOut() {
        isAnswered = true
        becomes(busy: false)
    }

    private func refuse(_ refusal: RequestRefusal, _ context: ChannelHandlerContext) {
        onRefusal(refusal)
        guard !answerHasBegun else { return reset(.cancel, context) }
        let body = form.bytes(refusal)
        let head = HPACKHeaders([
            (":status", "\(refusal.status.code)"), ("content-type", form.contentType),
            ("content-length", "\(body.count)"),
        ])
        context.write(wrapOutboundOut(.headers(.init(headers: head))), promise: nil)
        let end = HTTP2Frame.FramePayload.Data(data: .byteBuffer(ByteBuffer(bytes: body)), endStream: true)
        context.writeAndFlush(wrapOutboundOut(.data(end)), promise: nil)
        if isWhole {
            // The stream ends when the peer has taken the answer.
            isEnding = true
            timer = context.eventLoop.assumeIsolated().scheduleTask(in: limit) {
                self.timer = nil
                self.reset(.cancel, context)
            }
        } else {
            // The rest of the request is not wanted. (RFC 9113, 8.1)
            reset(.noError, context)
        }
    }

    private func reset(_ code: NIOHTTP2.HTTP2ErrorCode, _ context: ChannelHandlerContext) {
        isEnding = true
        timer?.cancel()
        context.writeAndFlush(wrapOutboundOut(.rstStream(code)), promise: nil)
    }
}

extension HPACKHeaders {
    fileprivate var isInformational: Bool { first(name: ":status")?.first == "1" }
}

/// Refuses a stream for which there is no place. The peer may send the request again, for nothing was done.
/// (RFC 9113, 8.7)
final class StreamRefusal: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    private var isRefused = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isRefused else { return }
        isRefused = true
        context.writeAndFlush(wrapOutboundOut(.rstStream(.refusedStream)), promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The stream is at its end whatever happens to it.
    }
}
