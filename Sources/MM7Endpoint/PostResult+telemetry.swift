import GatewayCore
import HTTPServing
import MM7
import Telemetry

extension PostResult {
    /// Counts a post at its MMSC: a post that was read by its result, any other by why it was not taken. A post under
    /// an unknown name has no MMSC at which to count it.
    func record(in telemetry: Telemetry, mmsc: String?) {
        guard let mmsc else { return refusal.map(telemetry.refusedStray) ?? () }
        let telemetry = telemetry.mmsc(mmsc)
        switch self {
        case .report(_, let result): telemetry.reported(ReportOutcome(result))
        case .inbound(_, let outcome): telemetry.delivered(DeliveryOutcome(outcome))
        case .unreadableKept(_, .kept): telemetry.delivered(.quarantined)
        default: if let refusal { telemetry.refused(refusal) }
        }
    }

    /// Records the time until the answer of a post that was read; refusals cost nothing and are not timed.
    func time(in telemetry: MMSCTelemetry, after duration: Duration) {
        switch self {
        case .report: telemetry.reportAnswered(after: duration)
        case .inbound: telemetry.deliveryAnswered(after: duration)
        case .late(let envelope):
            if case .deliverReq = envelope.body {
                telemetry.deliveryAnswered(after: duration)
            } else {
                telemetry.reportAnswered(after: duration)
            }
        default: break
        }
    }

    private var refusal: PostRefusal? {
        switch self {
        case .wrongMethod: .wrongMethod
        case .unknownMMSC: .unknownMMSC
        case .refused(.address): .address
        case .refused(.credentials): .credentials
        // Whoever has no credentials yet, or old ones, comes again.
        case .refused(.digest(let challenge)): challenge.reason == .wrong ? .credentials : nil
        case .tooLarge: .tooLarge
        case .noMemory: .noRoom
        case .backlog: .backlog
        case .cutOff: .cutOff
        case .noRequest(.late): .cutOff
        case .unreadable, .unreadableKept, .noRequest: .unreadable
        case .notTaken: .unsupported
        case .late: .late
        case .report, .inbound: nil
        }
    }
}

extension DeliveryOutcome {
    fileprivate init(_ outcome: IntakeResult) {
        self =
            switch outcome {
            case .taken: .taken
            case .takenAnew: .takenAnew
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
