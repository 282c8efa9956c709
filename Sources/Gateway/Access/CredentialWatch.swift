package import GatewayConfiguration
import GatewayCore
import HTTPServing
package import Logging
import Operations
import Telemetry
import WorkLoop

/// Counts requests whose credentials are wrong, and logs some of them: one line each half minute for each listener, with
/// the address of that one and the number of the others.
struct CredentialWatch: Sendable {
    let telemetry: Telemetry
    private let log: OutageLog<ListeningSide>

    init(telemetry: Telemetry, logger: Logger) {
        self.telemetry = telemetry
        log = OutageLog(logger)
    }

    /// The listener, such requests of which are noted.
    func watching(_ listener: Listener, _ side: ListeningSide) -> Listener {
        var listener = listener
        listener.onWrongCredentials = { [telemetry, log] form, peer in
            telemetry.refusedCredentials(CredentialKind(form), on: side)
            log.failed(
                side, .warning, "A request had wrong credentials; who guesses on waits for the answers",
                metadata: [
                    "listener": "\(side.rawValue)", "address": "\(peer.map { "\($0)" } ?? "unknown")",
                    "kind": "\(form)",
                ])
        }
        return listener
    }
}

extension CredentialKind {
    fileprivate init(_ form: CredentialForm) {
        self =
            switch form {
            case .basic: .basic
            case .bearer: .bearer
            case .digest: .digest
            case .clientSecret: .clientSecret
            case .other: .other
            }
    }
}

extension Configuration {
    /// Who may ask the operations listener.
    var operationsAccess: OperationsAccess {
        OperationsAccess(
            users: operations.users.map { ($0.username, $0.password) }, hasOpenProbes: operations.probes == .open)
    }

    /// Logs that secrets can be guessed, without saying more of them than where they stand.
    package func warnOfShortSecrets(_ logger: Logger) {
        let short = shortSecrets
        guard !short.isEmpty else { return }
        logger.warning(
            "Secrets are so short that they can be guessed; check-config lists them all",
            metadata: [
                "count": .stringConvertible(short.count), "below": .stringConvertible(Secret.shortBelow),
                "first": "\(short.prefix(3).joined(separator: ", "))",
            ])
    }
}
