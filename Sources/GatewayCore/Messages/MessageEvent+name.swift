extension MessageEvent {
    /// What the history and error texts call it.
    package var name: String {
        switch self {
        case .claimed: "claimed"
        case .released: "released"
        case .accepted: "accepted"
        case .refused: "refused"
        case .postponed: "postponed"
        case .answerLost: "answer_lost"
        case .leaseEnded: "lease_ended"
        case .gaveUp: "gave_up"
        case .abandoned: "abandoned"
        case .cancelled: "cancelled"
        case .restored: "restored"
        case .withdrawn: "withdrawn"
        case .reported: "reported"
        case .reportOverdue: "report_overdue"
        }
    }
}

extension MessageState {
    /// What a store and error texts call it, without its reason or MessageID.
    package var name: String {
        switch self {
        case .queued: "queued"
        case .submitting: "submitting"
        case .inDoubt: "in_doubt"
        case .submitted: "submitted"
        case .delivered: "delivered"
        case .expired: "expired"
        case .rejected: "rejected"
        case .failed: "failed"
        case .unknown: "unknown"
        case .cancelled: "cancelled"
        case .aborted: "aborted"
        }
    }
}
