import NIOCore
import NIOSSL
import NIOTLS

/// Stands behind TLS until the peers agree: bounds how long that takes, and reports why it failed, once.
final class HandshakeWatch: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private let entry: Connections.Entry
    private let limit: TimeAmount
    private let onFailure: (HandshakeFailure) -> Void
    private var isOver = false
    private var timer: Scheduled<Void>?

    init(_ entry: Connections.Entry, limit: TimeAmount, onFailure: @escaping (HandshakeFailure) -> Void) {
        self.entry = entry
        self.limit = limit
        self.onFailure = onFailure
    }

    func handlerAdded(context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: limit) {
            self.fail(HandshakeFailure(.late, peer: self.entry.peer), context)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

    /// Something other than TLS came; it is answered already.
    func meetsPlaintext() {
        end(HandshakeFailure(.plaintext, peer: entry.peer))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSUserEvent.handshakeCompleted:
            isOver = true
            timer?.cancel()
            let tls = try? context.pipeline.syncOperations.handler(type: NIOSSLServerHandler.self)
            if tls?.peerCertificate != nil { entry.showsCertificate() }
        case is ChannelShouldQuiesceEvent where !isOver:
            // Nothing was asked for yet, and nothing failed: the server stops.
            isOver = true
            timer?.cancel()
            context.close(promise: nil)
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isOver else { return context.fireErrorCaught(error) }
        // The handler before closes when its alert is out.
        end(HandshakeFailure(error, peer: entry.peer))
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(HandshakeFailure(.closed, peer: entry.peer))
        context.fireChannelInactive()
    }

    private func fail(_ failure: HandshakeFailure, _ context: ChannelHandlerContext) {
        guard !isOver else { return }
        end(failure)
        context.triggerUserOutboundEvent(TLSDoor.Abandonment(), promise: nil)
    }

    private func end(_ failure: HandshakeFailure) {
        guard !isOver else { return }
        isOver = true
        timer?.cancel()
        onFailure(failure)
    }
}
