import CustomerServing
import GatewayCore

/// `POST /messages:transcode`: how a message would look, without sending it.
struct TranscodeRoute: Sendable {
    let style: TranscodingStyle

    func transcode(_ call: ProjectCall) async throws -> APIResponse {
        let request = try await call.read(TranscodeRequest.self)
        _ = try call.app(request.appID)
        let rendering = try await call.inTurn {
            do throws(DeliveryReason) {
                return try MMSRendering(request.message, style: style)
            } catch {
                throw ConversationError(InvalidRequest(.violation(at: "app_message", error.description)))
            }
        }
        return APIResponse(json: TranscodeResponse(message: MMSPayload(rendering.content)))
    }
}
