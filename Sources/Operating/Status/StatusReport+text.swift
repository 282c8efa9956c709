extension StatusReport {
    /// The report for a terminal.
    package var text: String { styled.plain }

    /// The report for a terminal that shows colours.
    package var styled: StyledText {
        var lines = [headline] + problems.map { StyledText("  \($0)", .red) } + [""]
        var table = TextTable(
            ("MMSC", .left), ("condition", .left), ("queued", .right), ("submitting", .right), ("in doubt", .right),
            ("submitted", .right), ("oldest due", .right), ("resent", .right))
        for mmsc in mmscs {
            let numbers = ["\(mmsc.queued)", "\(mmsc.submitting)", "\(mmsc.inDoubt)", "\(mmsc.submitted)"]
            let rest = [mmsc.oldestSeconds.map(Self.age) ?? "-", "\(mmsc.resent)"]
            table.add(
                [StyledText(mmsc.name), .condition(Self.words(mmsc.condition))]
                    + (numbers + rest).map { StyledText($0) })
            for note in Self.notes(on: mmsc) { table.add(note: note) }
        }
        lines += table.lines
        let limit = databaseLimitBytes.map { " of \(inWords(bytes: $0)) (store.size_limit)" } ?? ""
        let oldest = webhooks.oldestSeconds.map { ", the oldest for \(Self.age($0))" } ?? ""
        lines.append("")
        lines += remainder(limit: limit, oldest: oldest).map { StyledText($0) }
        return lines.joined
    }

    /// What is no MMSC's, a line each.
    private func remainder(limit: String, oldest: String) -> [String] {
        // A few free pages are always there.
        let free = databaseFreeBytes * 100 < databaseBytes ? "" : ", \(inWords(bytes: databaseFreeBytes)) of it free"
        var lines = [
            "webhooks pending  \(webhooks.pending)\(oldest)", "media pending     \(mediaPending)",
            "uploads pending   \(uploadsPending)", "database          \(inWords(bytes: databaseBytes))\(limit)\(free)",
        ]
        lines += kept?.lines ?? []
        lines += (replicas ?? []).map(\.line)
        for (customer, lost) in (webhooks.givenUp ?? [:]).sorted(by: { $0.key < $1.key }) {
            let reason = lost.reason.map { ", the last: \($0)" } ?? ""
            lines.append("webhooks given up \(lost.count) of \(customer)\(reason)")
        }
        for mmsc in mmscs {
            guard let seconds = mmsc.unreportedSeconds else { continue }
            lines.append("without a report  \(mmsc.name), the oldest for \(Self.age(seconds))")
        }
        if let inbounds {
            if inbounds.quarantined > 0 { lines.append("in quarantine     \(inbounds.quarantined)") }
            for (app, count) in inbounds.apps.sorted(by: { $0.key < $1.key }) {
                lines.append("kept for an app   \(count)  \(app)")
            }
        }
        return lines
    }

    private var headline: StyledText {
        switch gateway {
        case "ready": StyledText("The gateway runs and is ready.", .green)
        case "not_ready": StyledText("The gateway runs and is not ready:", .red)
        case "not_running": "The gateway is not running; the queue as it left it:"
        default: "Whether the gateway runs is not known:"
        }
    }

    private static func notes(on mmsc: Line) -> [String] {
        var notes = [mmsc.reason].compactMap(\.self) + (mmsc.warnings ?? [])
        if let seconds = mmsc.secondsSinceSuccess { notes.append("last success \(age(seconds)) ago") }
        if let seconds = mmsc.secondsSinceFailure {
            // The reason why it stopped is already there.
            let words = mmsc.lastFailure.flatMap { $0 == mmsc.reason ? nil : ": \($0)" } ?? ""
            notes.append("last failure \(age(seconds)) ago\(words)")
        }
        return notes
    }

    private static func words(_ condition: String) -> String {
        condition == "not_known" ? "-" : condition.split(separator: "_").joined(separator: " ")
    }

    private static func age(_ seconds: Int) -> String { Duration.seconds(seconds).inWords }
}
