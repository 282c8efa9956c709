import CustomerServing
import FoundationEssentials
import GatewayCore
import Hummingbird

/// `POST /batches/{batch_id}/delivery_feedback`: the customer knows that messages arrived. It changes no status.
struct FeedbackRoute: Sendable {
    let batches: any BatchStore
    let reader: any BatchReader

    func take(_ call: PlanCall) async throws -> APIResponse {
        let recipients = try numbers(await call.body(as: Body.self).recipients)
        let batch = try await reader.batch(call)
        guard try SMSEcho(batch.order.echo).isFeedbackEnabled == true else {
            throw MalformedRequest.violation(
                at: "feedback_enabled", "is false for this batch, so that no feedback is taken")
        }
        if recipients.isEmpty, !batch.order.groups.isEmpty {
            throw MalformedRequest.violation(
                at: "recipients", "must name at least one number, as the batch was sent to a group")
        }
        let response = APIResponse(status: .accepted)
        let strangers = try await batches.recordFeedback(
            on: batch.id, from: recipients, keeping: call.keptAnswer(response), now: call.now)
        guard strangers == 0 else {
            throw MalformedRequest.violation(at: "recipients", "\(strangers) of them are not recipients of this batch")
        }
        return response
    }

    private struct Body: Decodable {
        var recipients: [String]?
    }

    private func numbers(_ texts: [String]?) throws(MalformedRequest) -> [MSISDN] {
        guard let texts else { throw .violation(at: "recipients", "must be present") }
        guard texts.count <= Expansion.limit else {
            throw .violation(at: "recipients", "size must be at most \(Expansion.limit), and is \(texts.count)")
        }
        return try texts.enumerated().map { index, text throws(MalformedRequest) in
            try MSISDN(text, member: "recipients[\(index)]")
        }
    }
}
