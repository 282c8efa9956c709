package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore

/// Where one of the gateway's HTTP servers listens, and within which bounds.
package struct Listener: Sendable {
    package var host: String
    /// 0 takes a free port of the system's choice.
    package var port: Int
    /// Open at once; what comes on top waits in the system's backlog.
    package var maxConnections: Int
    /// From the head of a request to its last byte; slower ones are answered 408 and closed.
    package var requestDeadline: Duration
    /// A connection without a request, with a head that is not complete, or whose peer takes nothing more of an answer
    /// is closed after it.
    package var idleTimeout: Duration
    /// What the 408 says.
    package var timeoutAnswer: TimeoutAnswer

    package init(
        host: String, port: Int, maxConnections: Int = 4096, requestDeadline: Duration = .seconds(30),
        idleTimeout: Duration = .seconds(75), timeoutAnswer: TimeoutAnswer = .json
    ) {
        self.host = host
        self.port = port
        self.maxConnections = maxConnections
        self.requestDeadline = requestDeadline
        self.idleTimeout = idleTimeout
        self.timeoutAnswer = timeoutAnswer
    }

    /// A server for the router, to be run as a service.
    ///
    /// - Parameter onListening: called once with the port that was bound.
    package func application(
        for router: Router<PeerContext>, logger: Logger, onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let deadline = TimeAmount.nanoseconds(Int64(requestDeadline.seconds * 1e9))
        let idle = TimeAmount.nanoseconds(Int64(idleTimeout.seconds * 1e9))
        return Application(
            responder: FallbackResponder(inner: router.buildResponder()),
            server: .http1(
                configuration: HTTP1Channel.Configuration(
                    additionalChannelHandlers: [
                        ReadSizeHandler(), StalledAnswerHandler(idle),
                        RequestDeadlineHandler(deadline, answer: timeoutAnswer), ContinueHandler(),
                    ],
                    idleTimeout: idle,
                    httpDecoderConfiguration: Self.headerLimits
                )),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port),
                availableConnectionsDelegate: MaximumAvailableConnections(maxConnections)),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? 0) },
            logger: logger)
    }

    /// Far above what SDKs and MMSCs send; what is larger is answered 400 and closed.
    private static let headerLimits = HTTP1Channel.Configuration.DecoderConfiguration(
        maxHeaderFieldSize: 8 * 1024, maxHeaderListSize: 16 * 1024, maxHeaderFieldCount: 64)
}

extension Duration {
    fileprivate var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
