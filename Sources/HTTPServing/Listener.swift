package import GatewayCore
package import Hummingbird
import HummingbirdCore
package import IPRanges
package import Logging
import NIOCore
package import ServiceLifecycle
package import Spans

/// Where one of the gateway's HTTP servers listens, and within which bounds.
package struct Listener: Sendable {
    /// The name of the listener in the configuration.
    package var name: String
    package var host: String
    /// 0 takes a free port of the system's choice.
    package var port: Int
    /// The most connections open at once; at the bound the one that has been silent longest is closed for a new one.
    /// Where none is silent, the new one waits in the system's backlog.
    package var maxConnections: Int
    /// The most connections of one address; nil means half of all.
    package var maxConnectionsPerAddress: Int?
    /// The time from the first octet of a request to its last; slower requests are answered 408 and their connection is
    /// closed.
    package var requestDeadline: Duration
    /// After this time a connection is closed that has no request, or whose peer takes nothing more of an answer.
    package var idleTimeout: Duration
    /// The answers to requests that no route sees.
    package var refusalForm: RefusalForm
    /// Called for each request that no route sees, with the address at the other end.
    package var onRefusal: @Sendable (RequestRefusal, IPAddress?) -> Void
    /// Called for each request that is answered 401 for the credentials it brings.
    package var onWrongCredentials: @Sendable (CredentialForm, IPAddress?) -> Void = { _, _ in }
    /// Where each request has a line; nil: nowhere.
    package var access: AccessLog?
    /// What it shows itself with; nil for a server that speaks plainly for ever.
    package var identity: TLSIdentity?
    /// Called for each connection whose handshake fails.
    package var onHandshakeFailure: @Sendable (HandshakeFailure) -> Void = { _ in }
    /// By what requests are recorded.
    package var spans = Spans.none
    /// The clock by which those who guess credentials wait.
    package var clock = MonotonicClock.system

    package init(
        _ name: String = "server", host: String, port: Int, maxConnections: Int = 4096,
        maxConnectionsPerAddress: Int? = nil, requestDeadline: Duration = .seconds(30),
        idleTimeout: Duration = .seconds(75), refusalForm: RefusalForm = .json,
        onRefusal: @escaping @Sendable (RequestRefusal, IPAddress?) -> Void = { _, _ in }
    ) {
        self.name = name
        self.host = host
        self.port = port
        self.maxConnections = maxConnections
        self.maxConnectionsPerAddress = maxConnectionsPerAddress
        self.requestDeadline = requestDeadline
        self.idleTimeout = idleTimeout
        self.refusalForm = refusalForm
        self.onRefusal = onRefusal
    }

    /// Reports a request that no route sees, and logs it where each request has a line.
    func note(_ refusal: RequestRefusal, from peer: IPAddress?) {
        onRefusal(refusal, peer)
        access?.log(refusal, from: peer, at: name)
    }

    /// A server for the router, to be run as a service. It throws `ListenFailure` where it cannot listen.
    ///
    /// - Parameters:
    ///   - hosted: for the requests to some host names, which it has in the router's place.
    ///   - logger: for what an operator should know of the listener.
    ///   - onListening: called once with the port that was bound.
    package func service(
        for router: Router<PeerContext>, hosted: HostedRouter? = nil, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> any Service {
        let hasBegun = OnceFlag()
        let application = application(for: router, hosted: hosted, logger: logger) { port in
            hasBegun.raise()
            await onListening(port)
        }
        return ListeningService(listener: self, application: application, hasBegun: hasBegun)
    }

    /// The server, which tests also ask without a socket.
    package func application(
        for router: Router<PeerContext>, hosted: HostedRouter? = nil, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let connections = Connections(
            Connections.Bounds(
                total: maxConnections, perAddress: maxConnectionsPerAddress, patience: idleTimeout,
                answerBytes: Self.answerBytes))
        return Application(
            responder: TracedResponder(
                inner: FallbackResponder(
                    inner: HostResponder(router, hosted), listener: self, brake: GuessBrake(),
                    connections: connections),
                listener: self,
                paths: LoggedPath(routes: (router.routes + (hosted?.router.routes ?? [])).map(\.path.description))),
            server: HTTPServerBuilder { [self] responder in
                ServerConnection(responder: responder, listener: self, connections: connections)
            },
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port),
                availableConnectionsDelegate: ConnectionsDelegate(connections: connections)),
            onServerRunning: { [name] channel in
                await Self.pauseWhereNothingIsLeft(channel, AcceptPause(name, logger: logger))
                await onListening(channel.localAddress?.port ?? 0)
            },
            // The server's own log reports its life at `info` and calls every connection that a stop ends an error;
            // what matters it throws.
            logger: Logger(label: "server", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    private static func pauseWhereNothingIsLeft(
        _ channel: any Channel, _ pause: @autoclosure @escaping @Sendable () -> AcceptPause
    ) async {
        do {
            try await channel.eventLoop.submit {
                try channel.pipeline.syncOperations.addHandler(pause(), position: .first)
            }.get()
        } catch {
            // The listener was closed before it began; then there is nothing to be accepted.
        }
    }

    /// The longest that peers may take to agree on TLS; `requestDeadline` where that is shorter.
    static let handshakeDeadline = Duration.seconds(10)

    /// The most octets of all answers together that were written and not taken.
    static let answerBytes = 64 << 20
}

/// Admits as many connections as may be open, and those for which a silent one is closed.
private struct ConnectionsDelegate: AvailableConnectionsDelegate {
    let connections: Connections

    func connectionOpened() {}
    func connectionClosed() {}
    func isAcceptingNewConnections() -> Bool { connections.isAccepting }
}
