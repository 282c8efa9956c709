import NIOCore

/// Stands before the parser of a connection and lets one request at a time through to it.
///
/// What a peer sends before the answer to its last request is out stays here, unread as far as possible: no answers are
/// made that nobody takes. A request has to be whole within a time that begins with its first octet. What is no request
/// is answered here, because nothing behind can say where it ends.
final class RequestGate: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    /// How long a peer has to read the last answer before the connection is closed, unless it closes it itself.
    static let linger = TimeAmount.seconds(1)

    private let entry: Connections.Entry
    private let limit: TimeAmount
    private let form: RefusalForm
    private let onRefusal: (RequestRefusal) -> Void

    private var framing = RequestFraming()
    private var inbox = ByteBuffer()
    /// The request whose answer is not out yet.
    private(set) var current: RequestHead?
    private var isWhole = false
    private var isAnswered = false
    private var answerHasBegun = false
    private var answerIsWaiting = false
    /// Whether the connection ends: what comes in is thrown away, and nobody reads what goes out.
    private(set) var isEnding = false
    private var isReadWithheld = false
    private var isCloseWithheld = false
    private var context: ChannelHandlerContext?
    private var began: NIODeadline?
    private var timer: Scheduled<Void>?

    /// - Parameter limit: the time from the first octet of a request to its last.
    init(
        _ entry: Connections.Entry, limit: TimeAmount, form: RefusalForm,
        onRefusal: @escaping (RequestRefusal) -> Void
    ) {
        self.entry = entry
        self.limit = limit
        self.form = form
        self.onRefusal = onRefusal
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { forget() }

    func channelInactive(context: ChannelHandlerContext) {
        forget()
        context.fireChannelInactive()
    }

    private func forget() {
        timer?.cancel()
        timer = nil
        context = nil
    }
}

// MARK: - What comes in

extension RequestGate {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isEnding else { return }
        var octets = unwrapInboundIn(data)
        if inbox.readableBytes == 0 { inbox = octets } else { inbox.writeBuffer(&octets) }
        advance(context)
    }

    func read(context: ChannelHandlerContext) {
        // Enough is kept here; the peer keeps the rest.
        if isWhole, inbox.readableBytes > 0 { isReadWithheld = true } else { context.read() }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Nobody behind asks for more of a connection that ends.
        if isEnding { context.read() } else { context.fireChannelReadComplete() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case ChannelEvent.inputClosed = event else { return context.fireUserInboundEventTriggered(event) }
        if isEnding {
            context.close(promise: nil)
        } else if isWhole, inbox.readableBytes > 0 {
            isCloseWithheld = true
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    private func advance(_ context: ChannelHandlerContext) {
        var isNew = false
        do throws(RequestRefusal) {
            steps: while !isWhole, !isEnding {
                switch try framing.next(&inbox) {
                case .head(let head):
                    isNew = true
                    begin(head, context)
                case .body(let octets):
                    if octets.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(octets)) }
                case .end:
                    isWhole = true
                    began = nil
                    entry.becomesBusy()
                    if isAnswered { complete(context) }
                case .waiting:
                    break steps
                }
            }
        } catch {
            return refuse(error, context)
        }
        // An empty buffer would keep the memory of all that came.
        if inbox.readableBytes == 0 { inbox = ByteBuffer() }
        guard !isWhole, !isEnding, framing.isWithin else { return }
        // A peer that sends on slowly is not better than one that is silent.
        if isNew { entry.becomesSilent() }
        startTimer(context)
    }

    private func begin(_ head: RequestHead, _ context: ChannelHandlerContext) {
        current = head
        isAnswered = false
        answerHasBegun = false
        context.fireChannelRead(wrapInboundOut(head.octets))
        if head.expectsContinue, head.body != .length(0), inbox.readableBytes == 0 {
            // The peer waits for this; no other answer is due before it. (RFC 9110, 10.1.1)
            let goOn = ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")
            context.writeAndFlush(wrapOutboundOut(.byteBuffer(goOn)), promise: nil)
        }
    }
}

// MARK: - What goes out

extension RequestGate {
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isEnding else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        context.write(data, promise: promise)
    }

    func answerBegins() { answerHasBegun = true }

    /// The system has not taken all that was written: the gateway waits for the peer.
    func answerWaits() {
        answerIsWaiting = true
        entry.becomesSilent()
    }

    /// The system has taken all that was written: the gateway has to make the rest of the answer, if there is any.
    func answerIsTaken() {
        guard answerIsWaiting else { return }
        answerIsWaiting = false
        if isWhole, !isEnding { entry.becomesBusy() }
    }

    /// The system has taken the whole answer.
    func answerIsOut() {
        guard let context, !isEnding else { return }
        isAnswered = true
        guard isWhole else { return }
        complete(context)
        advance(context)
        context.fireChannelReadComplete()
        guard !isWhole || inbox.readableBytes == 0, !isEnding else { return }
        if isCloseWithheld {
            isCloseWithheld = false
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        } else if isReadWithheld {
            isReadWithheld = false
            context.read()
        }
    }

    /// Request and answer are complete.
    private func complete(_ context: ChannelHandlerContext) {
        let closes = current?.closes ?? true
        current = nil
        isWhole = false
        entry.becomesSilent()
        if closes { end(context) }
    }
}

// MARK: - The end

extension RequestGate {
    /// Has the connection closed after the answer that is being written.
    func closeAfterAnswer() { current?.close() }

    private func refuse(_ refusal: RequestRefusal, _ context: ChannelHandlerContext) {
        onRefusal(refusal)
        let hasRoute = current != nil
        if !answerHasBegun || !hasRoute {
            let answer = ByteBuffer(bytes: form.answer(to: refusal))
            context.writeAndFlush(wrapOutboundOut(.byteBuffer(answer)), promise: nil)
        }
        end(context)
        // The route that waits for the body learns that no more of it comes.
        if hasRoute { context.fireUserInboundEventTriggered(ChannelEvent.inputClosed) }
    }

    /// Closes so that the peer can read the last answer: a connection that is closed with octets unread is reset.
    private func end(_ context: ChannelHandlerContext) {
        isEnding = true
        inbox = ByteBuffer()
        timer?.cancel()
        context.close(mode: .output, promise: nil)
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: Self.linger) { context.close(promise: nil) }
        if isCloseWithheld { context.close(promise: nil) }
        context.read()
    }

    /// One timer for many requests: when it fires, it looks what has to be ended.
    private func startTimer(_ context: ChannelHandlerContext) {
        if began == nil { began = .now() }
        guard timer == nil else { return }
        let due = (began ?? .now()) + limit
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: due) {
            self.timer = nil
            guard let began = self.began, !self.isEnding else { return }
            if began + self.limit <= .now() { self.refuse(.late, context) } else { self.startTimer(context) }
        }
    }
}
