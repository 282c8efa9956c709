import CustomerServing
import GatewayCore
import Telemetry

/// `/messages` of the Batch API.
struct BatchRoutes: Sendable {
    let store: any AppBatchStore
    let ids: ULIDGenerator
    let limits: QueueLimits
    let telemetry: Telemetry

    /// `POST /messages`: answered when the request is in the store, not before. Its recipients become messages later.
    func send(_ call: ProjectCall) async throws -> APIResponse {
        let request = try await call.read(BatchSendRequest.self)
        let now = call.now.wholeMilliseconds
        let schedule = try BatchSchedule(request.sendAfter, now: now)
        let app = try call.app(request.appID)
        try request.checkRecipients(in: app.processingMode)
        var batch = AppBatch(
            request, id: ids.next(at: now), of: .app(request.appID, project: call.project.id), schedule, now: now)
        batch.trace = call.trace
        let response = APIResponse(
            json: BatchSendResponse(batchID: batch.id.description, sendAfter: Timestamp(batch.sendAfter)))
        let result = try await store.insert(
            batch, request: call.body, notices: call.project.notices(ofPhaseOf: batch, at: now),
            keeping: call.keptAnswer(response), limits: limits)
        switch result {
        case .inserted:
            telemetry.accepted(messages: batch.recipientCount, after: call.sinceHead.elapsed)
            return response
        case .answered(let kept): return try call.response(kept)
        case .queueFull: throw CallRefusal.queueFull
        }
    }

    /// `GET /messages/{batch_id}`
    func read(_ call: ProjectCall) async throws -> APIResponse {
        let id = try call.pathID(of: "batch", at: "batch")
        guard let batch = try await store.appBatch(id, of: call.project.id) else {
            throw ConversationError.noSuch("batch", id: id.description)
        }
        return APIResponse(json: batch.printed)
    }

    /// `GET /messages?metadataKey=…&metadataValue=…`: an array, the newest first.
    func list(_ call: ProjectCall) async throws -> APIResponse {
        let key = AppBatch.Key(
            name: try call.query.required("metadataKey"), value: try call.query.required("metadataValue"))
        let found = try await store.appBatches(of: call.project.id, having: key, limit: Self.longestList)
        return try await ListResponse(opening: "[", closing: "]", found) {
            $0.metadata.utf8.count + 256
        } element: {
            $0.printed
        }
        .response(to: call)
    }

    /// `DELETE /messages`: 200 whatever comes of it. The status of a batch, and its callbacks, tell.
    func cancel(_ call: ProjectCall) async throws -> APIResponse {
        if let selection = AppBatch.Selection(try await call.read(BatchCancelRequest.self)) {
            let project = call.project
            let now = call.now.wholeMilliseconds
            // A step at a time, so that others write in between.
            while try await store.cancelAppBatches(
                selection, of: project.id, limit: Self.step, now: now,
                notices: { project.notices(ofPhaseOf: $0, at: now) }) >= Self.step
            {}
        }
        return .empty
    }

    private static let longestList = 1000
    private static let step = 200
}

extension BatchSendRequest {
    /// - Throws: for a contact where none are kept.
    fileprivate func checkRecipients(in mode: ProcessingMode) throws(MalformedRequest) {
        guard mode == .dispatch else { return }
        for (place, entry) in recipients.enumerated() {
            guard case .contact = entry.recipient else { continue }
            throw .violation(
                at: "recipient_and_params[\(place)].recipient.contact_id",
                "goes with the processing mode CONVERSATION alone; use identified_by in DISPATCH")
        }
    }
}

extension AppBatch.Selection {
    /// Nil for a text that is no id, which no batch has.
    fileprivate init?(_ request: BatchCancelRequest) {
        switch request {
        case .batch(let text):
            guard let id = ULID(text) else { return nil }
            self = .batch(id)
        case .metadata(let key, let value): self = .having(AppBatch.Key(name: key, value: value))
        }
    }
}

extension QueryParameters {
    fileprivate func required(_ name: String) throws(MalformedRequest) -> String {
        guard let text = text(name) else { throw .violation(at: name, "must be present") }
        return text
    }
}
