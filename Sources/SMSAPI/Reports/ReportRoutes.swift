import GatewayCore
import HTTPServing
import HTTPTypes
import Hummingbird

/// `/batches/{batch_id}/delivery_report`
struct ReportRoutes: Sendable {
    let store: any Store

    /// `GET /batches/{batch_id}/delivery_report?type=summary|full&status=…&code=…`
    func ofBatch(_ request: PlanRequest) async throws -> Response {
        let detail = try detail(request)
        let filter = try ReportFilter(request)
        let batch = try await batch(request)
        let tallies = try await store.tallies(of: batch.id, withRecipients: detail == .full)
        return Response(json: BatchReport(on: batch, tallies, detail: detail, filter: filter))
    }

    /// `GET /batches/{batch_id}/delivery_report/{recipient_msisdn}`
    func ofRecipient(_ request: PlanRequest) async throws -> Response {
        let recipient = try request.recipient()
        let batch = try await batch(request)
        guard let message = try await store.message(to: recipient, in: batch.id) else {
            throw SMSAPIError.noSuchRecipient
        }
        return Response(json: RecipientReport(on: message, of: batch))
    }

    private func batch(_ request: PlanRequest) async throws -> Batch {
        let id = try request.batchID()
        guard let batch = try await store.batch(id, of: request.owner) else { throw SMSAPIError.noSuchBatch(id) }
        return batch
    }

    private func detail(_ request: PlanRequest) throws(SMSAPIError) -> BatchReport.Detail {
        guard let word = request.queryValues("type").first else { return .summary }
        guard let detail = BatchReport.Detail(rawValue: word.lowercased()) else {
            throw .violation("'type': must be summary or full")
        }
        return detail
    }
}
