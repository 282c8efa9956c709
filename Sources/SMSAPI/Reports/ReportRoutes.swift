import CustomerServing
import GatewayCore
import HTTPServing
import HTTPTypes
import Hummingbird

/// `/batches/{batch_id}/delivery_report` and `/delivery_reports`
struct ReportRoutes: Sendable {
    let reader: any BatchReader
    let fates: any FateReader

    /// `GET /batches/{batch_id}/delivery_report?type=summary|full&status=…&code=…`
    func ofBatch(_ call: PlanCall) async throws -> APIResponse {
        let detail = try detail(call)
        let filter = try ReportFilter(call)
        let batch = try await reader.batch(call)
        guard detail == .full, !batch.order.groups.isEmpty else {
            let tallies = try await fates.tallies(of: batch.id, withRecipients: detail == .full, for: call.owner)
            return APIResponse(json: BatchReport(on: batch, tallies, detail: detail, filter: filter))
        }
        // Groups may stand for a hundred thousand numbers.
        let permit = try await call.longResponsePermit()
        defer { withExtendedLifetime(permit) {} }
        let tallies = try await fates.tallies(of: batch.id, withRecipients: true, for: call.owner)
        return APIResponse(json: BatchReport(on: batch, tallies, detail: detail, filter: filter))
    }

    /// `GET /batches/{batch_id}/delivery_report/{recipient_msisdn}`
    func ofRecipient(_ call: PlanCall) async throws -> APIResponse {
        let recipient = try call.recipient()
        let batch = try await reader.batch(call)
        guard let message = try await fates.message(to: recipient, in: batch.id, for: call.owner) else {
            throw SMSAPIError.noSuchRecipient
        }
        return APIResponse(json: try RecipientReport(on: message, of: batch.label))
    }

    /// `GET /delivery_reports?page=…&page_size=…&start_date=…&end_date=…&status=…&code=…&client_reference=…`
    func list(_ call: PlanCall) async throws -> APIResponse {
        let page = try call.page()
        let (from, until) = try call.window()
        let wanted = try ReportFilter(call)
        let filter = FinishedFilter(
            from: from, until: until, states: wanted.states, reference: call.query.text("client_reference"))
        let messages = try await fates.finished(of: call.owner, matching: filter, page: page)
        return try await ListResponse("delivery_reports", messages, page) { finished in
            try RecipientReport(on: finished.message, of: finished.batch)
        }.response(to: call)
    }

    private func detail(_ call: PlanCall) throws(MalformedRequest) -> BatchReport.Detail {
        guard let word = call.query.values("type").first else { return .summary }
        guard let detail = BatchReport.Detail(rawValue: word.lowercasedASCII) else {
            throw .violation(at: "type", "must be summary or full")
        }
        return detail
    }
}
