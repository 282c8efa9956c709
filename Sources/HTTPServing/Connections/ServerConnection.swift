import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOSSL
import NIOTLS

/// The handlers that octets pass through on one connection of a server, in and out.
struct ServerConnection: HTTPChannelHandler {
    let responder: Responder
    let listener: Listener
    let connections: Connections

    typealias Requests = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    enum Value: ServerChildChannelValue {
        case plain(Requests)
        /// The peers do not know yet which version they will speak.
        case secure(any Channel, EventLoopFuture<Version>)

        var channel: any Channel {
            switch self {
            case .plain(let requests): requests.channel
            case .secure(let channel, _): channel
            }
        }
    }

    enum Version {
        case http1(Requests)
        case http2(StreamedConnection.Streams, Connections.Entry)
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let tls = listener.identity?.context
        guard let entry = connections.enter(channel, isSecure: tls != nil) else {
            // A failed initialiser alone leaves it open.
            channel.close(promise: nil)
            return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
        }
        channel.closeFuture.whenComplete { _ in entry.leave() }
        return channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(BufferSizes())
            guard let tls else { return .plain(try requests(on: channel, entry, logger)) }
            return .secure(channel, try negotiation(on: channel, entry, tls, logger))
        }
    }

    /// Adds the handlers of TLS; those of the version follow when it is known.
    private func negotiation(
        on channel: any Channel, _ entry: Connections.Entry, _ tls: NIOSSLContext, _ logger: Logger
    ) throws -> EventLoopFuture<Version> {
        let watch = HandshakeWatch(
            entry, limit: .nanoseconds(min(listener.requestDeadline, Listener.handshakeDeadline)),
            onFailure: listener.onHandshakeFailure)
        let versions = NIOTypedApplicationProtocolNegotiationHandler<Version> { result in
            channel.eventLoop.makeCompletedFuture {
                if case .negotiated("h2") = result {
                    return .http2(try StreamedConnection(listener: listener, entry: entry).begin(on: channel), entry)
                }
                return .http1(try requests(on: channel, entry, logger))
            }
        }
        let door = TLSDoor(listener.refusalForm) { watch.meetsPlaintext() }
        try channel.pipeline.syncOperations.addHandlers([door, NIOSSLServerHandler(context: tls), watch, versions])
        return versions.protocolNegotiationResult
    }

    private func requests(
        on channel: any Channel, _ entry: Connections.Entry, _ logger: Logger
    ) throws -> Requests {
        let idle = listener.idleTimeout
        let gate = RequestGate(
            entry, limit: .nanoseconds(listener.requestDeadline), form: listener.refusalForm
        ) { [listener] in listener.note($0, from: entry.peer) }
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(gate)
        try pipeline.configureHTTPServerPipeline(
            withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
            withEncoderConfiguration: .init(), withDecoderLimitConfiguration: Self.headLimits)
        try pipeline.addHandlers([
            AnswerHandler(gate, entry, limit: .nanoseconds(idle)),
            HTTP1ToHTTPServerCodec(secure: entry.isSecure),
            HTTPConnectionStateHandler(idleTimeout: idle, logger: logger),
        ])
        return try NIOAsyncChannel(
            wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
    }

    func handle(value: Value, logger: Logger) async {
        switch value {
        case .plain(let requests):
            await serve(requests, logger: logger)
        case .secure(_, let version):
            do {
                switch try await version.get() {
                case .http1(let requests): await serve(requests, logger: logger)
                case .http2(let streams, let entry): await handle(streams, of: entry, logger: logger)
                }
            } catch {
                // The handshake failed, which was reported where it did.
            }
        }
    }

    /// One request after the other, each on the thread of its connection. The many streams of HTTP/2 are not: on that
    /// thread the other connections would have their turn after all of them.
    private func serve(_ requests: Requests, logger: Logger) async {
        await withTaskExecutorPreference(LoopExecutor(requests.channel.eventLoop)) {
            await handleHTTP(asyncChannel: requests, logger: logger)
        }
    }

    /// A connection that ends does not cancel what its streams have begun: neither does one of HTTP/1.1. A stream has its
    /// place among the requests under way until that is over, whatever became of it.
    private func handle(_ streams: StreamedConnection.Streams, of entry: Connections.Entry, logger: Logger) async {
        await withDiscardingTaskGroup { group in
            do {
                for try await case let stream? in streams.inbound {
                    group.addTask {
                        await handle(stream, logger: logger)
                        entry.endsStream()
                    }
                }
            } catch {
                // The peer broke the rules or the connection; there are no more streams.
            }
        }
    }

    private func handle(_ stream: StreamedConnection.Stream, logger: Logger) async {
        guard stream.channel.isActive else {
            // It was reset before its turn, and is not begun. Closing it throws, for it is closed.
            return await (try? stream.executeThenClose { _, _ in }) ?? ()
        }
        await handleHTTP(asyncChannel: stream, logger: logger)
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
