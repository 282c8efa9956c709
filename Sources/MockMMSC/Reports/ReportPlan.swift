import MM7

/// The reports on one message, in the forms that its fate gives them.
struct ReportPlan {
    let messageID: String
    let sender: Address?
    let fate: Fate
    let configuration: MockMMSC.Configuration

    /// Those on one recipient's copy, each with those that follow it.
    ///
    /// - Parameter index: tells the recipients of one message apart.
    func reports(on recipient: Address, at index: Int) -> [PendingReport] {
        let first = chain(on: recipient, "\(index)-0")
        guard fate.reports > 1 else { return [first] }
        var second = report(on: recipient, configuration.status(for: recipient), "\(index)-1")
        second.marks.append(\.reportsDuplicated)
        return [first, second]
    }

    /// A report with an unknown MessageID, one of Deferred, the right one and one of Expired, as far as the fate has
    /// them.
    private func chain(on recipient: Address, _ name: String) -> PendingReport {
        let status = configuration.status(for: recipient)
        var right = report(on: recipient, status, name)
        if fate.isReportFirst { right.marks.append(\.reportsEarly) }
        if fate.isLateFailure, status == .retrieved {
            var late = report(on: recipient, .expired, "\(name)-late")
            late.marks.append(\.reportsLate)
            right.followers.append(late)
        }
        if fate.isDeferred {
            var deferred = report(on: recipient, .deferred, "\(name)-deferred")
            deferred.marks.append(\.reportsDeferred)
            deferred.followers = [right]
            right = deferred
        }
        if fate.isUnknownFirst {
            var unknown = report(on: recipient, status, "\(name)-unknown", messageID: "unknown-\(messageID)")
            unknown.isUnknown = true
            unknown.marks.append(\.reportsUnknown)
            unknown.followers = [right]
            right = unknown
        }
        return right
    }

    private func report(
        on recipient: Address, _ status: MMStatus, _ name: String, messageID other: String? = nil
    ) -> PendingReport {
        var recipient = recipient
        if fate.isNational { recipient = .rfc2822("+\(recipient.normalized)/TYPE=PLMN") }
        let isSwapped = fate.isSwapped && sender != nil
        var report = PendingReport(
            transactionID: configuration.faults.sameTransaction ? "report" : "report-\(messageID)-\(name)",
            messageID: other ?? messageID, recipient: isSwapped ? sender ?? recipient : recipient,
            sender: isSwapped ? recipient : sender, status: status)
        if isSwapped { report.marks.append(\.reportsSwapped) }
        if fate.isNational { report.marks.append(\.reportsNational) }
        return report
    }
}
