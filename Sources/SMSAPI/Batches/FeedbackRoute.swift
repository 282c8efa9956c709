import FoundationEssentials
import GatewayCore
import Hummingbird

/// `POST /batches/{batch_id}/delivery_feedback`: the customer knows that messages arrived. It changes no status.
struct FeedbackRoute: Sendable {
    let store: any Store

    func take(_ call: PlanRequest) async throws -> Answer {
        let recipients = try numbers(await call.body(as: Body.self).recipients)
        let batch = try await store.batch(call)
        guard try SMSEcho(batch.order.echo).isFeedbackEnabled == true else {
            throw SMSAPIError.violation("'feedback_enabled': is false for this batch, so that no feedback is taken")
        }
        if recipients.isEmpty, !batch.order.groups.isEmpty {
            throw SMSAPIError.violation("'recipients': must name at least one number, as the batch was sent to a group")
        }
        let answer = Answer(status: .accepted)
        let strangers = try await store.recordFeedback(
            on: batch.id, from: recipients, keeping: call.keptAnswer(answer), now: call.now)
        guard strangers == 0 else {
            throw SMSAPIError.violation("'recipients': \(strangers) of them are not recipients of this batch")
        }
        return answer
    }

    private struct Body: Decodable {
        var recipients: [String]?
    }

    private func numbers(_ texts: [String]?) throws(SMSAPIError) -> [MSISDN] {
        guard let texts else { throw .violation("'recipients': must be present") }
        guard texts.count <= Expansion.limit else {
            throw .violation("'recipients': size must be at most \(Expansion.limit), and is \(texts.count)")
        }
        return try texts.enumerated().map { place, text throws(SMSAPIError) in
            guard let number = MSISDN(text) else {
                throw .badFormat("'recipients[\(place)]': must be a number of 7 to 15 digits\(text.hiddenObstacle)")
            }
            return number
        }
    }
}
