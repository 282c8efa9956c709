import CustomerServing
import GatewayCore
import Telemetry

/// `POST /messages:send`
struct SendRoute: Sendable {
    let messages: any AppMessageStore
    let correspondents: Correspondents
    let directory: CurrentDirectory
    let settings: ConversationAPI.Settings
    let queue: QueueLimits
    let telemetry: Telemetry

    /// Answered when the message is in the store, not before.
    func send(_ call: ProjectCall) async throws -> APIResponse {
        let request = try await call.read(SendRequest.self)
        let app = try call.app(request.appID)
        let outgoing = Outgoing(request)
        try request.recipient.check(in: app.processingMode)
        let acceptance = Acceptance(
            app: app, project: call.project, directory: directory.now, settings: settings, ids: correspondents.ids,
            trace: call.trace)
        let (destination, engagement) = try await correspondents.destination(
            of: outgoing, to: request.recipient, from: app, of: call.project, now: call.now)
        let message = try await call.inTurn {
            acceptance.send(outgoing, to: destination, in: engagement, now: call.now)
        }
        let response = APIResponse(
            json: SendResponse(
                messageID: message.message.id.description, acceptedTime: Timestamp(message.batch.createdAt)))
        switch try await messages.insert([message], keeping: call.keptAnswer(response), limits: queue) {
        case .inserted:
            telemetry.accepted(messages: 1, after: call.sinceHead.elapsed)
            return response
        case .answered(let kept): return try call.response(kept)
        case .queueFull: throw CallRefusal.queueFull
        }
    }
}

extension Recipient {
    /// - Throws: for a contact where none are kept.
    func check(in mode: ProcessingMode) throws(ConversationError) {
        guard mode == .dispatch, case .contact = self else { return }
        throw ConversationError(
            InvalidRequest(
                .violation(
                    at: "recipient.contact_id",
                    "goes with the processing mode CONVERSATION alone; use identified_by in DISPATCH")))
    }
}
