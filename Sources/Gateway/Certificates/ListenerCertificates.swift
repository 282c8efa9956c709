import FoundationEssentials
import GatewayConfiguration
import HTTPServing
import Logging
import Telemetry

/// What each server shows itself with, as the configuration and its files last had it.
struct ListenerCertificates: Sendable {
    /// Also that of the batches.
    let server: TLSIdentity
    let mm7: TLSIdentity
    let operations: TLSIdentity

    init(_ configuration: Configuration) {
        server = TLSIdentity(configuration.server.tls?.material)
        mm7 = TLSIdentity(configuration.mm7.tls?.material)
        operations = TLSIdentity(configuration.operations.tls?.material)
    }

    /// By the section of the configuration.
    var all: [(section: String, identity: TLSIdentity)] {
        [("server.tls", server), ("mm7.tls", mm7), ("operations.tls", operations)]
    }

    /// Takes what a configuration that was read again has; what counts no more, or not yet, is not taken in the place of
    /// what does.
    func take(_ configuration: Configuration, now: Date, logger: Logger) {
        let sections = [configuration.server.tls, configuration.mm7.tls, configuration.operations.tls]
        for ((section, identity), tls) in zip(all, sections) {
            guard let refusal = identity.take(tls?.material, now: now) else { continue }
            logger.error(Self.kept, metadata: ["section": "\(section)", "reason": "\(refusal)"])
        }
    }

    static let kept: Logger.Message = "A new certificate was not taken; the old one goes on"
}

extension Listener {
    /// The same listener with its identity, and with its failed handshakes counted, and logged at `debug` alone: whoever
    /// looks for open ports makes many of them.
    func secured(by certificates: ListenerCertificates, _ side: ListeningSide, _ telemetry: Telemetry, _ logger: Logger)
        -> Listener
    {
        var listener = self
        listener.identity =
            switch side {
            case .server, .batches: certificates.server
            case .mm7: certificates.mm7
            case .operations: certificates.operations
            }
        listener.onHandshakeFailure = { [name] failure in
            telemetry.handshakeFailed(failure.reason.outcome, on: side)
            logger.debug(
                "A TLS handshake failed",
                metadata: [
                    "listener": "\(name)", "reason": "\(failure.reason.rawValue)",
                    "peer": "\(failure.peer.map { "\($0)" } ?? "")", "detail": "\(failure.detail ?? "")",
                ])
        }
        return listener
    }
}

extension HandshakeFailure.Reason {
    /// Both have the same words.
    fileprivate var outcome: HandshakeOutcome { HandshakeOutcome(rawValue: rawValue) ?? .other }
}
