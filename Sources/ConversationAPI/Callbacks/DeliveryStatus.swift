import GatewayCore

/// How far a message is, as receipts say it.
enum DeliveryStatus: Equatable, Sendable {
    /// The MMSC has it.
    case queuedOnChannel
    case delivered
    case failed(DeliveryReason)

    /// What a state of a message is reported as; nil where nothing is, because it is on its way.
    ///
    /// - Parameter text: what the MMSC said, or why it was never asked.
    init?(_ state: MessageState, text: PeerText?) {
        switch state {
        // A message in doubt may be at the MMSC; until that is known nothing is said.
        case .queued, .submitting, .inDoubt: return nil
        case .submitted: self = .queuedOnChannel
        case .delivered: self = .delivered
        case .expired:
            self = .failed(
                DeliveryReason(.deliveryTimedOut, "The underlying channel reported: \(text?.description ?? "Expired")"))
        // The API has no way to withdraw a message, so somebody at the channel did.
        case .cancelled:
            self = .failed(DeliveryReason(.channelReject, "The underlying channel reported: Cancelled"))
        case .unknown:
            self = .failed(DeliveryReason(.deliveryTimedOut, "The channel sent no final report in time"))
        case .failed(let failure), .rejected(let failure):
            self = .failed(DeliveryReason(failure, isReported: true, text: text))
        case .aborted(let failure):
            self = .failed(DeliveryReason(failure, isReported: false, text: text))
        }
    }

    var name: String {
        switch self {
        case .queuedOnChannel: "QUEUED_ON_CHANNEL"
        case .delivered: "DELIVERED"
        case .failed: "FAILED"
        }
    }

    var reason: DeliveryReason? { if case .failed(let reason) = self { reason } else { nil } }
}
