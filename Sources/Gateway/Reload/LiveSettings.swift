package import GatewayConfiguration
import IPRanges
import MM7Endpoint
import Synchronization

/// What a reload changes at once beside customers, MMSCs, routes and the store's size limit.
package final class LiveSettings: Sendable {
    /// The level of every logger that has none of its own.
    package let logLevel: SharedLogLevel
    private let values: Mutex<Values>

    private struct Values {
        var egress: [IPRange]
        var unknownRecipients: UnknownRecipients

        init(_ configuration: Configuration) {
            egress = configuration.egress
            unknownRecipients = configuration.mm7.unknownRecipients
        }
    }

    package init(_ configuration: Configuration) {
        logLevel = SharedLogLevel(configuration.logLevel)
        values = Mutex(Values(configuration))
    }

    /// Private ranges in which media and webhook targets may lie at this moment.
    var egress: [IPRange] { values.withLock { $0.egress } }

    /// What is done at this moment with messages to numbers that are nobody's.
    var unknownRecipients: UnknownRecipients { values.withLock { $0.unknownRecipients } }

    package func take(_ configuration: Configuration) {
        logLevel.set(configuration.logLevel)
        values.withLock { $0 = Values(configuration) }
    }
}
