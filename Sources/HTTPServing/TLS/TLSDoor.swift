import NIOCore

/// Stands between the socket and TLS. Whoever speaks plainly to a port of TLS gets an answer in words, where others only
/// close; and a connection that has to make room ends at once, without a farewell that its peer might not read.
final class TLSDoor: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    /// Ends the connection at once.
    struct Abandonment {}

    private enum State {
        case shut
        case open
        /// What comes is thrown away.
        case refused
    }

    private let form: RefusalForm
    private let onPlaintext: () -> Void
    private var state = State.shut

    init(_ form: RefusalForm, onPlaintext: @escaping () -> Void) {
        self.form = form
        self.onPlaintext = onPlaintext
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .shut = state {
            guard let first = unwrapInboundIn(data).readableBytesView.first else { return }
            state = first == Self.handshake ? .open : .refused
            if case .refused = state { refuse(first, context) }
        }
        if case .open = state { context.fireChannelRead(data) }
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is Abandonment else { return context.triggerUserOutboundEvent(event, promise: promise) }
        context.close(promise: promise)
    }

    private func refuse(_ first: UInt8, _ context: ChannelHandlerContext) {
        onPlaintext()
        guard first.isTokenOctet else { return context.close(promise: nil) }
        let answer = ByteBuffer(bytes: form.answer(to: .plaintext))
        let context = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.value.writeAndFlush(wrapOutboundOut(.byteBuffer(answer))).whenComplete { _ in
            context.value.close(promise: nil)
        }
    }

    /// The type of the first record. (RFC 8446, 5.1)
    private static let handshake: UInt8 = 22
}
