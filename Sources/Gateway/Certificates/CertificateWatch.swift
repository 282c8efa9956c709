import FoundationEssentials
import GatewayCore
import HTTPServing
import Logging
import ServiceLifecycle
import Synchronization
import Telemetry

/// Looks every few seconds whether the files of the listeners' certificates have changed and takes the new ones, and
/// reminds the operator of those that end soon.
struct CertificateWatch: Service {
    let certificates: ListenerCertificates
    let clock: any DomainClock
    let monotonic: MonotonicClock
    let telemetry: Telemetry
    let logger: Logger

    private static let pause = Duration.seconds(5)

    init(
        _ certificates: ListenerCertificates, clock: any DomainClock, monotonic: MonotonicClock = .system,
        telemetry: Telemetry, logger: Logger
    ) {
        self.certificates = certificates
        self.clock = clock
        self.monotonic = monotonic
        self.telemetry = telemetry
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var reminders = ExpiryReminders()
            while !Task.isCancelled {
                await look(&reminders)
                do {
                    try await monotonic.sleep(until: monotonic.now + Self.pause)
                } catch {
                    return  // cancelled
                }
            }
        }
    }

    func look(_ reminders: inout ExpiryReminders) async {
        let now = clock.now()
        for (section, identity) in certificates.all {
            switch await identity.look(now: now) {
            case .renewed(let material):
                logger.notice(
                    "A new certificate was taken",
                    metadata: [
                        "section": "\(section)", "file": "\(material.settings.certificate)",
                        "not_after": "\(material.notAfter.formatted(.iso8601))",
                    ])
            case .refused(let reason):
                logger.error(
                    ListenerCertificates.kept, metadata: ["section": "\(section)", "reason": "\(reason)"])
            case nil: break
            }
            guard let material = identity.material else { continue }
            telemetry.certificate(section, expiresAt: material.notAfter)
            // A clock in doubt would call any certificate too old or too new.
            guard clock.isSettled, let notice = reminders.due(of: section, ending: material.notAfter, now: now) else {
                continue
            }
            logger.log(
                level: notice == .expired ? .error : .warning,
                notice == .expired
                    ? "A certificate has expired; peers refuse it" : "A certificate expires soon; renew its file",
                metadata: [
                    "section": "\(section)", "file": "\(material.settings.certificate)",
                    "days": .stringConvertible(max(Int(material.notAfter.since(now).seconds / 86400), 0)),
                    "not_after": "\(material.notAfter.formatted(.iso8601))",
                ])
        }
    }
}
