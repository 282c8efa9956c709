import GatewayCore
import MM7
import Telemetry

extension Finding {
    /// Counts a post at its MMSC, inbound messages by themselves; of reports only what was read as one is timed, for a
    /// refusal costs nothing.
    func record(in telemetry: MMSCTelemetry, after duration: Duration) {
        switch self {
        case .report(_, let result):
            telemetry.reported(ReportOutcome(result))
            telemetry.reportAnswered(after: duration)
        case .inbound(_, let outcome):
            telemetry.delivered(DeliveryOutcome(outcome))
        case .unreadable(let error) where error.head.operation == Operation.deliverReq.rawValue:
            telemetry.delivered(.refused)
        default:
            telemetry.reported(.refused)
        }
    }
}

extension DeliveryOutcome {
    fileprivate init(_ outcome: InboundOutcome) {
        self =
            switch outcome {
            case .taken: .taken
            case .quarantined: .quarantined
            case .repeated: .repeated
            case .unknownRecipient: .unknownRecipient
            case .noSender, .failed: .refused
            }
    }
}

extension ReportOutcome {
    fileprivate init(_ result: Result<ReportResult, StoreFailure>) {
        self =
            switch result {
            case .success(.applied): .applied
            case .success(.nothingNew): .nothingNew
            case .success(.held): .held
            case .success(.unknownMessage), .success(.unknownRecipient): .unknownMessage
            case .failure: .refused
            }
    }
}
