import NIOCore
import NIOHPACK
import NIOHTTP2
import NIOPosix
import NIOSSL

/// A client of HTTP/2 that does on each stream exactly what a test says.
struct StreamClient {
    typealias Frame = HTTP2Frame.FramePayload
    typealias Stream = NIOAsyncChannel<Frame, Frame>

    /// What came on a stream until it ended.
    struct Answer: Equatable {
        var status = ""
        var body = ""
        /// The code with which the stream was reset, if it was.
        var reset: NIOHTTP2.HTTP2ErrorCode?
    }

    private let connection: NIOHTTP2Handler.AsyncStreamMultiplexer<Stream>
    let channel: any Channel

    static func open(
        to port: Int, window: Int = 65_535, _ talk: @escaping @Sendable (StreamClient) async throws -> Void
    ) async throws {
        let tls = try NIOSSLContext(configuration: TLSFixture.client(protocols: ["h2"]))
        let (channel, connection) = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(60))
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: "localhost"))
                    var bounds = NIOHTTP2Handler.Configuration()
                    bounds.connection.initialSettings.append(
                        HTTP2Setting(parameter: .initialWindowSize, value: window))
                    bounds.stream.targetWindowSize = window
                    let streams: NIOHTTP2Handler.AsyncStreamMultiplexer<Stream> =
                        try pipeline.configureAsyncHTTP2Pipeline(
                            mode: .client, streamDelegate: nil, configuration: bounds
                        ) { stream in
                            stream.eventLoop.makeCompletedFuture {
                                try NIOAsyncChannel(wrappingChannelSynchronously: stream)
                            }
                        }
                    return (channel, streams)
                }
            }
        do {
            try await talk(StreamClient(connection: connection, channel: channel))
        } catch {
            try? await channel.close()
            throw error
        }
        try? await channel.close()
    }

    /// Sends a request and returns what comes of it.
    ///
    /// - Parameter ends: whether the request comes to its end.
    func ask(
        _ method: String = "GET", _ path: String = "/path/a", _ fields: [(String, String)] = [], body: String? = nil,
        ends: Bool = true
    ) async throws -> Answer {
        try await talk { write, read in
            let head = HPACKHeaders(
                [(":method", method), (":scheme", "https"), (":authority", "a"), (":path", path)] + fields)
            try await write(.headers(.init(headers: head, endStream: ends && body == nil)))
            if let body {
                try await write(.data(.init(data: .byteBuffer(ByteBuffer(string: body)), endStream: ends)))
            }
            return try await read()
        }
    }

    func talk<Result: Sendable>(
        _ body:
            @escaping @Sendable (
                _ write: (Frame) async throws -> Void, _ read: () async throws -> Answer
            ) async throws -> Result
    ) async throws -> Result {
        let stream = try await connection.openStream { stream in
            stream.eventLoop.makeCompletedFuture {
                try Stream(wrappingChannelSynchronously: stream)
            }
        }
        return try await stream.executeThenClose { inbound, outbound in
            try await body({ try await outbound.write($0) }, { try await Self.answer(from: inbound) })
        }
    }

    private static func answer(from frames: NIOAsyncChannelInboundStream<Frame>) async throws -> Answer {
        var answer = Answer()
        do {
            for try await frame in frames {
                switch frame {
                case .headers(let head):
                    answer.status = head.headers.first(name: ":status") ?? ""
                    if head.endStream { return answer }
                case .data(let piece):
                    if case .byteBuffer(let octets) = piece.data { answer.body += String(buffer: octets) }
                    if piece.endStream { return answer }
                case .rstStream(let code): answer.reset = code
                default: break
                }
            }
        } catch let error as NIOHTTP2Errors.StreamClosed {
            answer.reset = error.errorCode
        }
        return answer
    }
}
