import NIOCore

/// Stands before the library on a connection of HTTP/2. It passes a few frames on and lets the other connections of the
/// event loop have their turn, and ends the connection when its peer has sent more than its requests need.
final class FrameGate: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private let tally: StreamTally
    private let onFlood: () -> Void
    private var frames = FrameReader()
    /// What waits for the next turn.
    private var inbox = ByteBuffer()
    private var isWaiting = false
    private var isReadWithheld = false
    private var isEnding = false

    init(_ tally: StreamTally, onFlood: @escaping () -> Void) {
        self.tally = tally
        self.onFlood = onFlood
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isEnding else { return }
        var octets = unwrapInboundIn(data)
        if inbox.readableBytes == 0 { inbox = octets } else { inbox.writeBuffer(&octets) }
        if !isWaiting { takeTurn(context) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if !isWaiting { context.fireChannelReadComplete() }
    }

    func read(context: ChannelHandlerContext) {
        // Enough is kept here; the peer keeps the rest.
        if isWaiting { isReadWithheld = true } else { context.read() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        isEnding = true
        context.fireChannelInactive()
    }

    private func takeTurn(_ context: ChannelHandlerContext) {
        let turn = frames.nextTurn(of: &inbox)
        tally.account.spend(turn.cost)
        guard !tally.account.isOverdrawn else { return end(context) }
        isWaiting = inbox.readableBytes > 0
        // An empty buffer would keep the memory of all that came.
        if !isWaiting { inbox = ByteBuffer() }
        context.fireChannelRead(wrapInboundOut(turn.octets))
        guard isWaiting else { return }
        context.fireChannelReadComplete()
        context.eventLoop.assumeIsolated().execute { [self] in
            guard !isEnding else { return }
            isWaiting = false
            takeTurn(context)
            guard !isWaiting, !isEnding else { return }
            context.fireChannelReadComplete()
            if isReadWithheld {
                isReadWithheld = false
                context.read()
            }
        }
    }

    private func end(_ context: ChannelHandlerContext) {
        isEnding = true
        inbox = ByteBuffer()
        onFlood()
        context.writeAndFlush(wrapOutboundOut(.byteBuffer(Self.farewell)), promise: nil)
        // Whoever floods may read nothing.
        context.triggerUserOutboundEvent(TLSDoor.Abandonment(), promise: nil)
    }

    /// A frame of the type GOAWAY: any stream may have been worked on, and ENHANCE_YOUR_CALM. (RFC 9113, 6.8 and 7)
    private static var farewell: ByteBuffer {
        ByteBuffer(bytes: [0, 0, 8, 7, 0, 0, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0xB])
    }
}
