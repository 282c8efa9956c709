import GatewayCore
import HTTPServing
import HTTPTypes
import Hummingbird

/// `/batches`
struct BatchRoutes: Sendable {
    let store: any Store
    let directory: CurrentDirectory
    let clock: any WallClock
    let ids: ULIDGenerator
    let limits: SMSAPI.Limits

    /// `POST /batches`: answered when the batch is in the store, not before.
    func send(_ request: PlanRequest) async throws -> Response {
        let wish = try await request.body(as: BatchRequest.self, upTo: limits.bodyBytes)
        let now = clock.now()
        let directory = directory.now
        let submittal = try wish.submittal(for: request.plan, in: directory, now: now)
        let (batch, messages) = submittal.accepted(now: now, ids: ids, routes: directory.routes)
        try await store.insert(batch, messages: messages)
        return Response(status: .created, json: BatchBody(batch))
    }

    /// `GET /batches/{batch_id}`
    func read(_ request: PlanRequest) async throws -> Response {
        let id = try request.batchID()
        guard let batch = try await store.batch(id, of: request.owner) else { throw SMSAPIError.noSuchBatch(id) }
        return Response(json: BatchBody(batch))
    }
}
