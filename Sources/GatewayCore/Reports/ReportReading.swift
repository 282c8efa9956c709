/// What an MMSC means by the two statuses that settle nothing by themselves.
package struct ReportReading: Sendable, Equatable {
    /// Handed on to another network, or by the recipient to somebody else.
    package var forwarded = Meaning.pending
    /// The MMSC does not know what became of it.
    package var indeterminate = Meaning.pending

    package init() {}

    package enum Meaning: String, Sendable, CaseIterable {
        /// A later report, or the timer, settles it.
        case pending
        case delivered
        case failed
    }
}

extension ReportReading.Meaning {
    package var fate: ReportedFate {
        switch self {
        case .pending: .pending
        case .delivered: .delivered
        case .failed: .failed(.undelivered)
        }
    }
}
