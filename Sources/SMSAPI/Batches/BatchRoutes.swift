import CustomerServing
import FoundationEssentials
import GatewayCore
import HTTPServing
import HTTPTypes
import Hummingbird
import Telemetry

/// `/batches`
struct BatchRoutes: Sendable {
    let batches: any BatchStore
    let reader: any BatchReader
    let intake: BatchIntake
    let telemetry: Telemetry

    /// `POST /batches`: answered when the batch is in the store, not before.
    func send(_ call: PlanCall) async throws -> APIResponse {
        let request = try await call.body(as: BatchRequest.self)
        var submittal = try await intake.submittal(of: request, for: call)
        let expansion = intake.expansion
        submittal.trace = call.trace
        let (batch, messages) = submittal.accepted(now: call.now, expansion: expansion)
        let response = try await call.inTurn { APIResponse(status: .created, json: try BatchBody(batch)) }
        let result = try await batches.insert(
            batch, messages: messages, expansion: expansion, keeping: call.keptAnswer(response),
            queueLimit: intake.queueLimit)
        switch result {
        case .inserted:
            telemetry.accepted(messages: messages.count, after: call.sinceHead.elapsed)
            return response
        case .answered(let kept): return try call.response(kept)
        case .queueFull: throw CallRefusal.queueFull
        }
    }

    /// `GET /batches?page=…&page_size=…&from=…&start_date=…&end_date=…&client_reference=…`
    func list(_ call: PlanCall) async throws -> APIResponse {
        let page = try call.page()
        let (from, until) = try call.window()
        let filter = BatchFilter(
            originators: call.queryNumbers("from"), from: from, until: until,
            reference: call.query.text("client_reference"))
        let found = try await reader.batches(of: call.owner, matching: filter, page: page)
        let owner = call.owner
        return try await ListResponse(
            "batches", found, page, byteCount: Self.byteCount(of:),
            element: { [reader] batch in
                guard batch.parameters == .leftOut else { return try BatchBody(batch) }
                // The batch as it is now, with changes that were made since the page was read.
                return try BatchBody(await reader.storedBatch(batch.id, of: owner) ?? batch)
            }
        ).response(to: call)
    }

    /// About how many bytes a batch takes in an answer; long parameters may have any length up to the limit of a
    /// request.
    private static func byteCount(of batch: StoredBatch) -> Int {
        switch batch.parameters {
        case .none: 1024 + batch.batch.order.recipients.count * 16
        case .text(let text): 1024 + batch.batch.order.recipients.count * 16 + text.utf8.count
        case .leftOut: LongResponses.shortBytes + 1
        }
    }

    /// `GET /batches/{batch_id}`
    func read(_ call: PlanCall) async throws -> APIResponse {
        let id = try call.batchID()
        guard let batch = try await reader.storedBatch(id, of: call.owner) else { throw SMSAPIError.noSuchBatch(id) }
        return APIResponse(json: try BatchBody(batch))
    }

    /// `POST /batches/{batch_id}`: changes the members that are present.
    func update(_ call: PlanCall) async throws -> APIResponse {
        let update = try await call.body(as: BatchUpdate.self)
        return try await change(call) { batch in try update.applied(to: batch) }
    }

    /// `PUT /batches/{batch_id}`: every member is new; what is absent takes its default.
    func replace(_ call: PlanCall) async throws -> APIResponse {
        let request = try await call.body(as: BatchRequest.self)
        return try await change(call) { _ in request }
    }

    /// `DELETE /batches/{batch_id}`
    func cancel(_ call: PlanCall) async throws -> APIResponse {
        let id = try call.batchID()
        guard let batch = try await batches.cancel(id, of: call.owner, now: call.now) else {
            throw SMSAPIError.noSuchBatch(id)
        }
        return APIResponse(json: try BatchBody(batch))
    }

    /// How often a change is tried again because somebody else made one at the same time.
    private static let attempts = 20

    private func change(
        _ call: PlanCall, to request: (Batch) throws -> BatchRequest
    ) async throws -> APIResponse {
        for _ in 0..<Self.attempts {
            let id = try call.batchID()
            guard let old = try await reader.batch(id, of: call.owner) else { throw SMSAPIError.noSuchBatch(id) }
            // Refused before the request is checked: the old end of a batch that is over would count as a fault.
            guard !old.isCanceled, old.order.expireAt > call.now else { throw SMSAPIError.alreadyDispatched(old.id) }
            var submittal = try await intake.submittal(
                of: try await call.inTurn { try request(old) }, for: call, changing: old)
            // Labels have routes of their own, and only those change them.
            var echo = try SMSEcho(submittal.order.echo)
            echo.tags = try SMSEcho(old.order.echo).tags
            submittal.order.echo = echo.echo
            let expansion = intake.expansion
            let (batch, messages) = submittal.replacing(old, now: call.now, expansion: expansion)
            let response = try await call.inTurn { APIResponse(json: try BatchBody(batch)) }
            let result = try await batches.replace(
                batch, messages: messages, expansion: expansion, keeping: call.keptAnswer(response), now: call.now,
                queueLimit: intake.queueLimit)
            switch result {
            case .replaced: return response
            case .dispatched: throw SMSAPIError.alreadyDispatched(old.id)
            case .noSuchBatch: throw SMSAPIError.noSuchBatch(old.id)
            case .queueFull: throw CallRefusal.queueFull
            case .outdated: continue
            }
        }
        throw CallRefusal.unavailable
    }
}

extension BatchReader {
    /// The batch that a path names, without its parameters.
    func batch(_ call: PlanCall) async throws -> Batch {
        let id = try call.batchID()
        guard let batch = try await batchWithoutParameters(id, of: call.owner) else {
            throw SMSAPIError.noSuchBatch(id)
        }
        return batch
    }
}
