import HTTPServing
import Hummingbird
import Logs
import Telemetry

/// The servers as members of the whole.
extension Gateway {
    func server(
        _ listener: Listener, _ side: ListeningSide, _ router: Router<PeerContext>, hosted: HostedRouter? = nil,
        _ credentials: CredentialWatch, onListening: @escaping @Sendable (Int) async -> Void
    ) -> Together.Member {
        var listener = credentials.watching(listener, side)
            .secured(by: live.certificates, side, credentials.telemetry, logger)
        listener.access = AccessLog(logger) { [live] in live.log.access }
        listener.spans = tracing.spans
        return Together.Member(
            name: listener.name,
            service: listener.service(for: router, hosted: hosted, logger: logger, onListening: onListening))
    }

    /// Renews what the servers show themselves with.
    func certificateWatch(_ telemetry: Telemetry) -> Together.Member {
        Together.Member(
            name: "certificates",
            service: CertificateWatch(live.certificates, clock: clock, telemetry: telemetry, logger: logger))
    }
}
