import FoundationEssentials
import GatewayCore
import Logging

/// The lines of the log about requests of one kind to one MMSC.
struct HealthLog {
    let logger: Logger
    let mmsc: String
    let requests: Health.RequestKind

    /// Logs the first failure after a success or a start.
    func firstFailure(_ sign: CircuitBreaker.Sign) {
        switch (sign, requests) {
        case (.unwell(let reason), .submitting):
            logger.warning("A SubmitReq failed; its message is tried again", metadata: metadata(reason))
        case (.unwell(let reason), .cancelling):
            logger.warning("A CancelReq failed; it is tried again", metadata: metadata(reason))
        case (.refused(let reason, _), _):
            logger.warning(
                "The MMSC refused a message for good, and has taken none since the start", metadata: metadata(reason))
        case (.well, _), (.answered, _), (.unmade, _), (.misconfigured, _), (.nothing, _):
            break
        }
    }

    func changed(to state: CircuitBreaker.State, now: Date) {
        switch (state, requests) {
        case (.closed, .submitting):
            logger.notice("The MMSC takes messages again", metadata: ["mmsc": "\(mmsc)"])
        case (.closed, .cancelling):
            logger.notice("The MMSC answers CancelReqs again", metadata: ["mmsc": "\(mmsc)"])
        case (.open(let until, let cause), _):
            var metadata = metadata(cause.reason)
            metadata["next_try_in"] = "\(until.since(now).seconds) s"
            opened(cause.kind, metadata)
        case (.halfOpen, _):
            break
        }
    }

    private func opened(_ kind: CircuitBreaker.Cause.Kind, _ metadata: Logger.Metadata) {
        switch (kind, requests) {
        case (.down, .submitting):
            logger.warning("The MMSC is down; its messages wait or go another way", metadata: metadata)
        case (.misconfigured, .submitting):
            logger.error("Sending has stopped: the account or the configuration needs repair", metadata: metadata)
        case (.refusing, .submitting):
            logger.error(
                "Sending has stopped: the MMSC refuses one message after the other for good", metadata: metadata)
        case (_, .cancelling):
            logger.warning("The MMSC does not take CancelReqs; they wait", metadata: metadata)
        }
    }

    private func metadata(_ reason: String) -> Logger.Metadata { ["mmsc": "\(mmsc)", "reason": "\(reason)"] }
}
