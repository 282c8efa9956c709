package import GatewayConfiguration
import IPRanges
package import Logs
import MM7Endpoint
import Operations
import Synchronization
import Trust

/// What a reload changes at once beside customers, MMSCs and routes: the keys that `Configuration` reads with
/// `reload: .atOnce`. A test holds it to them.
package final class LiveSettings: Sendable {
    /// What every logger follows.
    package let log: LogControl
    /// The limit by which an operator gives room to a full store.
    let sizeLimit: StoreSizeLimit
    /// What the servers show themselves with.
    let certificates: ListenerCertificates
    private let values: Mutex<Values>

    private struct Values {
        var egress: [IPRange]
        var unknownRecipients: UnknownRecipients
        var operationsAccess: OperationsAccess
        var webhookTrust: TLSTrust
        var mediaTrust: TLSTrust

        init(_ configuration: Configuration) {
            egress = configuration.egress
            unknownRecipients = configuration.mm7.unknownRecipients
            operationsAccess = configuration.operationsAccess
            webhookTrust = configuration.webhooks.trust
            mediaTrust = configuration.media.trust
        }
    }

    package init(_ configuration: Configuration) {
        log = LogControl(
            configuration.log.level, format: configuration.log.format, access: configuration.log.access)
        sizeLimit = StoreSizeLimit(bytes: configuration.store.sizeLimitBytes)
        certificates = ListenerCertificates(configuration)
        values = Mutex(Values(configuration))
    }

    /// Private ranges in which media and webhook targets may lie at this moment.
    var egress: [IPRange] { values.withLock { $0.egress } }

    /// What is done at this moment with messages to numbers that no customer has.
    var unknownRecipients: UnknownRecipients { values.withLock { $0.unknownRecipients } }

    /// Who may ask the operations listener at this moment.
    var operationsAccess: OperationsAccess { values.withLock { $0.operationsAccess } }

    /// How TLS is spoken at this moment with receivers of webhooks, and with servers of media.
    var webhookTrust: TLSTrust { values.withLock { $0.webhookTrust } }
    var mediaTrust: TLSTrust { values.withLock { $0.mediaTrust } }

    package func take(_ configuration: Configuration) {
        log.set(configuration.log.level, format: configuration.log.format, access: configuration.log.access)
        sizeLimit.set(bytes: configuration.store.sizeLimitBytes)
        values.withLock { $0 = Values(configuration) }
    }
}
