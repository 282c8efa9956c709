import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// The handlers that octets pass through on one connection of a server, in and out.
struct ServerConnection: HTTPChannelHandler {
    typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    let responder: Responder
    let listener: Listener
    let connections: Connections

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        guard let entry = connections.enter(channel) else {
            // A failed initialiser alone leaves it open.
            channel.close(promise: nil)
            return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
        }
        channel.closeFuture.whenComplete { _ in entry.leave() }
        return channel.eventLoop.makeCompletedFuture {
            let idle = listener.idleTimeout
            let gate = RequestGate(
                entry, limit: .nanoseconds(listener.requestDeadline), form: listener.refusalForm
            ) { [listener] in
                listener.onRefusal($0, entry.peer)
                listener.access?.log($0, from: entry.peer, at: listener.name)
            }
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandlers([BufferSizes(), gate])
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
                withEncoderConfiguration: .init(), withDecoderLimitConfiguration: Self.headLimits)
            try pipeline.addHandlers([
                AnswerHandler(gate, entry, limit: .nanoseconds(idle)), HTTP1ToHTTPServerCodec(secure: false),
                HTTPConnectionStateHandler(idleTimeout: idle, logger: logger),
            ])
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
        }
    }

    func handle(value: Value, logger: Logger) async {
        await handleHTTP(asyncChannel: value, logger: logger)
    }

    /// The limits of the gate, which comes first.
    private static var headLimits: NIOHTTPDecoderLimitConfiguration {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = RequestHead.lineLimit
        limits.maxHeaderListSize = RequestHead.limit
        limits.maxHeaderFieldCount = RequestHead.fieldLimit
        return limits
    }
}

extension TimeAmount {
    static func nanoseconds(_ duration: Duration) -> TimeAmount {
        .nanoseconds(Int64(duration / .nanoseconds(1)))
    }
}
