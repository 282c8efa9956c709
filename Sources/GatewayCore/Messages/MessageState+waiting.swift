extension MessageState {
    /// Whether no MMSC is known to have it, and it is still to be sent.
    package var isWaiting: Bool {
        switch self {
        case .queued, .submitting, .inDoubt: true
        case .submitted, .delivered, .expired, .rejected, .failed, .unknown, .cancelled, .aborted: false
        }
    }
}
