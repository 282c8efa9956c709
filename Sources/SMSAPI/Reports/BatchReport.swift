import GatewayCore

/// What became of a batch, by status: the answer to `GET …/delivery_report` and the body of a webhook.
struct BatchReport: Encodable {
    let type: String
    let batchID: String
    /// All messages of the batch, whatever the filter.
    let totalMessageCount: Int
    let statuses: [Entry]
    let clientReference: String?

    struct Entry: Encodable {
        let code: Int
        let status: ReportStatus.Status
        let count: Int
        /// In the order of the batch; absent in a summary.
        let recipients: [String]?
    }

    enum CodingKeys: String, CodingKey {
        case type
        case batchID = "batch_id"
        case totalMessageCount = "total_message_count"
        case statuses
        case clientReference = "client_reference"
    }

    /// - Parameter detail: with `full` the tallies have to come with their recipients.
    init(on batch: Batch, _ tallies: [Tally], detail: Detail, filter: ReportFilter = ReportFilter()) {
        type = batch.order.content.media.isEmpty ? "delivery_report_sms" : "delivery_report_mms"
        batchID = batch.id.description
        totalMessageCount = tallies.reduce(0) { $0 + $1.count }
        clientReference = batch.order.reference
        // Several states can read alike to the customer.
        statuses = Dictionary(grouping: tallies) { ReportStatus($0.state) }
            .filter { filter.accepts($0.key) }
            .sorted { $0.key < $1.key }
            .map { status, tallies in
                Entry(
                    code: status.code, status: status.status, count: tallies.reduce(0) { $0 + $1.count },
                    recipients: detail == .full ? Self.recipients(of: tallies, in: batch) : nil)
            }
    }

    /// How much a report says.
    enum Detail: String, CaseIterable {
        /// Counts alone.
        case summary
        /// Who has which status as well.
        case full
    }

    private static func recipients(of tallies: [Tally], in batch: Batch) -> [String] {
        guard tallies.count > 1 else { return tallies.flatMap { $0.recipients.map(\.digits) } }
        let indices = Dictionary(zip(batch.order.recipients, 0...), uniquingKeysWith: { first, _ in first })
        return tallies.flatMap { $0.recipients.map(\.digits) }
            .sorted { (indices[$0] ?? .max, $0) < (indices[$1] ?? .max, $1) }
    }
}
