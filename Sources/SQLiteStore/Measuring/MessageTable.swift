/// The tables that have rows of a batch and its messages, in the order in which they are written.
enum MessageTable: String, CaseIterable {
    case batch
    case progress = "batch_progress"
    case trace = "batch_trace"
    case medium = "batch_medium"
    case message, attempt, report, event, call

    /// The rows of one batch, as a condition.
    ///
    /// - Parameter batch: an expression with its identifier.
    func condition(batch: String) -> String {
        switch self {
        case .batch: "id = \(batch)"
        case .progress, .trace, .medium, .message, .event: "batch = \(batch)"
        case .attempt, .report: "message IN (SELECT id FROM message WHERE batch = \(batch))"
        case .call: "event IN (SELECT id FROM event WHERE batch = \(batch))"
        }
    }
}
