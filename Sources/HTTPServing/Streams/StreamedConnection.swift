import NIOCore
import NIOHTTP2
import NIOHTTPTypes
import NIOHTTPTypesHTTP2

/// The handlers of a connection of HTTP/2 and of each of its streams.
///
/// What a peer may do to it is bounded: streams at once by `concurrentStreams`; requests under way, also those whose
/// streams were reset, by the listener, for each address; frames that lead to no answer by `FrameAccount`; heads by
/// `RequestHead.limit`, at which the connection ends; resets, pings and settings by the library's 200 in half a minute;
/// frames of headers in one head by 5; answers to control frames that nobody reads by 1,000; octets of a body that wait
/// for its route by the window of its stream, 64 KiB.
struct StreamedConnection {
    typealias Stream = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>
    /// Nil stands for one that was refused.
    typealias Streams = NIOHTTP2Handler.AsyncStreamMultiplexer<Stream?>

    static let concurrentStreams = 100

    let listener: Listener
    let entry: Connections.Entry

    /// Adds the handlers of the connection; called on its event loop.
    func begin(on channel: any Channel) throws -> Streams {
        let tally = NIOLoopBound(StreamTally(entry), eventLoop: channel.eventLoop)
        let idle = TimeAmount.nanoseconds(listener.idleTimeout)
        let keeper = NIOHTTP2ServerConnectionManagementHandler(
            eventLoop: channel.eventLoop,
            configuration: .init(maxIdleTime: idle, maxAge: nil, maxGraceTime: idle, keepalive: nil))
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(FrameGate(tally.value) { [self] in listener.note(.flood, from: entry.peer) })
        let streams = try pipeline.configureAsyncHTTP2Pipeline(
            mode: .server, streamDelegate: keeper.http2StreamDelegate, frameDelegate: tally.value,
            configuration: Self.bounds
        ) { [self] stream in
            stream.eventLoop.makeCompletedFuture { try setUp(stream, tally.value) }
        }
        try pipeline.addHandlers([keeper, StreamedConnectionEnd(tally.value)])
        // The connection became active before they were there; its idle time begins now.
        keeper.channelActive(context: try pipeline.context(handler: keeper))
        return streams
    }

    private func setUp(_ stream: any Channel, _ tally: StreamTally) throws -> Stream? {
        guard tally.begins() else {
            try stream.pipeline.syncOperations.addHandler(StreamRefusal())
            return nil
        }
        let gate = StreamGate(
            tally, limit: .nanoseconds(listener.requestDeadline), form: listener.refusalForm
        ) { [listener, entry] in listener.note($0, from: entry.peer) }
        try stream.pipeline.syncOperations.addHandlers([
            gate, StreamAnswers(gate, tally, limit: .nanoseconds(listener.idleTimeout)),
            HTTP2FramePayloadToHTTPServerCodec(),
        ])
        return try NIOAsyncChannel(wrappingChannelSynchronously: stream)
    }

    private static var bounds: NIOHTTP2Handler.Configuration {
        var connection = NIOHTTP2Handler.ConnectionConfiguration()
        connection.initialSettings = [
            HTTP2Setting(parameter: .maxConcurrentStreams, value: concurrentStreams),
            HTTP2Setting(parameter: .maxHeaderListSize, value: RequestHead.limit),
        ]
        connection.maximumBufferedControlFrames = 1000
        return NIOHTTP2Handler.Configuration(connection: connection, stream: .init())
    }
}

/// Closes a connection of HTTP/2 that broke its rules, whose peer sends nothing more, or that has no stream open while the
/// server stops: its peer may not answer to the farewell.
private final class StreamedConnectionEnd: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame

    private let tally: StreamTally

    init(_ tally: StreamTally) {
        self.tally = tally
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // What is wrong with one stream alone ends that one.
        guard !(error is NIOHTTP2Errors.StreamError) else { return }
        context.close(promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed: context.close(promise: nil)
        case is ChannelShouldQuiesceEvent: closeWhenDone(context)
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    private func closeWhenDone(_ context: ChannelHandlerContext) {
        context.eventLoop.assumeIsolated().scheduleTask(in: RequestGate.linger) {
            guard context.channel.isActive else { return }
            if self.tally.open == 0 { context.close(promise: nil) } else { self.closeWhenDone(context) }
        }
    }
}
