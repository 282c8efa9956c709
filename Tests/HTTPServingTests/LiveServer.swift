import GatewayCore
import HTTPServing
import Hummingbird
import IPRanges
import Logging
import NIOCore
import NIOPosix
import NIOSSL

/// A server of a few routes on a port of the system's choice, for the length of a test. It has all the patience that a
/// test has, unless that is about its patience: the machine may be busy with other tests.
enum LiveServer {
    static func run(
        requestDeadline: Duration = .seconds(300), idleTimeout: Duration = .seconds(300),
        refusalForm: RefusalForm = .json, maxConnections: Int = 100, identity: TLSIdentity? = nil,
        clock: MonotonicClock = .system,
        onHandshakeFailure: @escaping @Sendable (HandshakeFailure) -> Void = { _ in },
        onRefusal: @escaping @Sendable (RequestRefusal) -> Void = { _ in },
        onHold: @escaping @Sendable () async -> Void = {},
        onCutOff: @escaping @Sendable (any Error) -> Void = { _ in },
        _ test: @escaping @Sendable (_ port: Int) async throws -> Void
    ) async throws {
        var listener = Listener(
            host: "127.0.0.1", port: 0, maxConnections: maxConnections, requestDeadline: requestDeadline,
            idleTimeout: idleTimeout, refusalForm: refusalForm, onRefusal: { refusal, _ in onRefusal(refusal) })
        listener.identity = identity
        listener.clock = clock
        listener.onHandshakeFailure = onHandshakeFailure
        let router = router(onCutOff)
        router.get("hold") { _, _ in
            await onHold()
            return Response(json: ["held": true])
        }
        try await listener.serving(router, test)
    }

    static let bodyLimitBytes = 16
    static let largeLimitBytes = 100_000

    private static func router(_ onCutOff: @escaping @Sendable (any Error) -> Void) -> Router<PeerContext> {
        let router = Router(context: PeerContext.self)
        router.post("echo") { request, _ in
            do {
                let bytes = try await request.bytes(upTo: bodyLimitBytes)
                return Response(status: .ok, contentType: "application/octet-stream", bytes: bytes)
            } catch let error as BodyTooLarge {
                return Response(status: .contentTooLarge, json: ["limit": error.limitBytes])
            } catch {
                onCutOff(error)
                throw error
            }
        }
        let memory = BodyMemory(.postMemory, limitBytes: 1 << 20, deadlines: Deadlines())
        router.post("large") { request, _ in
            let share = memory.share(of: "all")
            defer { share.leave() }
            do {
                let bytes = try await request.bytes(upTo: largeLimitBytes, in: share, waiting: .seconds(300))
                return Response(json: ["bytes": bytes.count])
            } catch let error as BodyTooLarge {
                return Response(status: .contentTooLarge, json: ["limit": error.limitBytes])
            }
        }
        router.get("guess") { _, _ in Response(status: .unauthorized, json: ["no": true]) }
        router.post("refuse") { request, _ in
            await request.passBody()
            return Response(status: .forbidden, json: ["no": true])
        }
        router.get("peer") { _, context in
            Response(json: ["isLoopback": context.peer == IPAddress("127.0.0.1")])
        }
        router.get("certified") { _, context in Response(json: ["isCertified": context.hasClientCertificate]) }
        router.get("path/:part") { _, context in Response(json: [context.pathParameter("part")]) }
        return router
    }
}

/// A connection on which a test says exactly what it wants to.
final class RawConnection {
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private let channel: any Channel

    private init(
        _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>, _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>,
        _ channel: any Channel
    ) {
        self.inbound = inbound.makeAsyncIterator()
        self.outbound = outbound
        self.channel = channel
    }

    static func open(
        to port: Int, by tls: TLSConfiguration? = nil,
        _ talk: @escaping @Sendable (RawConnection) async throws -> Void
    ) async throws {
        let tls = try tls.map { try NIOSSLContext(configuration: $0) }
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            // The machine may be busy with other tests.
            .connectTimeout(.seconds(60))
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: tls, serverHostname: "localhost"))
                    }
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        try await channel.executeThenClose { inbound, outbound in
            try await talk(RawConnection(inbound, outbound, channel.channel))
        }
    }

    func send(_ text: String) async throws {
        try await outbound.write(ByteBuffer(string: text))
    }

    func send(_ octets: [UInt8]) async throws {
        try await outbound.write(ByteBuffer(bytes: octets))
    }

    /// Returns when the system has taken all, as for a peer that writes all before it reads.
    func sendAll(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    /// Says that nothing more comes, and goes on reading.
    func finish() async throws {
        try await channel.close(mode: .output)
    }

    /// The number of the certificate that the server has shown.
    func peerSerial() async throws -> [UInt8]? {
        try await channel.nioSSL_peerCertificate().get()?.serialNumber
    }

    /// What has come when the text is in it, or when the server has closed.
    ///
    /// - Parameter octets: how many are passed over before.
    func read(until end: String? = nil, after octets: Int = 0) async throws -> String {
        var text = ""
        var rest = octets
        do {
            while let chunk = try await inbound.next(isolation: #isolation) {
                rest -= chunk.readableBytes
                guard rest <= 0 else { continue }
                text += String(buffer: chunk)
                if let end, text.contains(end) { break }
            }
        } catch is IOError {
            // A server that closes with our bytes unread resets the connection; what came before stands.
        }
        return text
    }
}
