package import MM7

extension ReportedFate {
    /// The meaning of an MMStatus (TS 23.140, 8.7.3.4 and what operators add).
    ///
    /// `Forwarded` and `Indeterminate` prove acceptance, not receipt, unless the operator knows better of this MMSC; a
    /// status nobody knows proves nothing. The message then stays submitted until a final report comes or the time for
    /// one is over.
    package init(_ status: MMStatus, by reading: ReportReading = ReportReading()) {
        self =
            switch status {
            case .retrieved, .delivered: .delivered
            case .expired: .expired
            case .rejected: .rejected
            case .unrecognised: .failed(.unrecognised)
            case .notSupported: .failed(.notSupported)
            case .unreachable: .failed(.unreachable)
            case .deliveryConditionNotMet, .replaced: .failed(.undelivered)
            case .cancelled: .cancelled
            case .forwarded: reading.forwarded.fate
            case .indeterminate: reading.indeterminate.fate
            case .deferred, .processing, .other: .pending
            }
    }
}
