import CustomerServing
import GatewayCore

/// Which entries of a report are wanted: those with one of the statuses and one of the codes. An empty set takes all.
struct ReportFilter {
    var statuses: Set<ReportStatus.Status> = []
    /// Any integer is a code; most match nothing here.
    var codes: Set<Int> = []

    func accepts(_ status: ReportStatus) -> Bool {
        (statuses.isEmpty || statuses.contains(status.status)) && (codes.isEmpty || codes.contains(status.code))
    }

    /// The final states that read like what is wanted; nil for all.
    var states: Set<MessageState>? {
        guard !statuses.isEmpty || !codes.isEmpty else { return nil }
        return Set(MessageState.allFinal.filter { accepts(ReportStatus($0)) })
    }
}

extension ReportFilter {
    /// The query's `status` and `code`.
    init(_ request: PlanCall) throws(MalformedRequest) {
        for text in request.query.values("status") {
            guard let status = ReportStatus.Status(anyCase: text) else {
                let known = ReportStatus.Status.allCases.map(\.rawValue).joined(separator: ", ")
                throw .violation(at: "status", "must be one of \(known)")
            }
            statuses.insert(status)
        }
        for text in request.query.values("code") {
            guard let code = Int(text) else { throw .badFormat(at: "code", "must be an integer") }
            codes.insert(code)
        }
    }
}
