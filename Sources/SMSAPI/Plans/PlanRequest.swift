import FoundationEssentials
import GatewayCore
import HTTPServing
import HTTPTypes
import Hummingbird
import Telemetry

/// A request in the name of a service plan, and what its path, query and body say.
struct PlanRequest {
    let plan: ServicePlan
    let request: Request
    let context: PeerContext
    let now: Date
    /// Runs since the head of the request was there.
    let sinceHead: Stopwatch
    /// The whole body, of a request that has one.
    let body: [UInt8]
    /// What a repeat is known by, if the client wants to be able to repeat it.
    let repetition: Repetition?

    var owner: Owner { .servicePlan(plan.id) }

    /// The id in the path.
    func batchID() throws(SMSAPIError) -> Batch.ID {
        let text = context.pathParameter("batch")
        guard let id = Batch.ID(text) else {
            throw .badFormat("'batch_id': '\(PeerText(text, limit: 40))' is not an id")
        }
        return id
    }

    /// The id of a group in the path.
    func groupID() throws(SMSAPIError) -> Group.ID {
        let text = context.pathParameter("group")
        guard let id = Group.ID(text) else {
            throw .badFormat("'group_id': '\(PeerText(text, limit: 40))' is not an id")
        }
        return id
    }

    /// The id of an inbound message in the path.
    func inboundID() throws(SMSAPIError) -> Inbound.ID {
        let text = context.pathParameter("inbound")
        guard let id = Inbound.ID(text) else {
            throw .badFormat("'inbound_id': '\(PeerText(text, limit: 40))' is not an id")
        }
        return id
    }

    /// The number in the path. The error does not repeat it: it may be somebody's.
    func recipient() throws(SMSAPIError) -> MSISDN {
        guard let number = MSISDN(context.pathParameter("recipient")) else {
            throw .badFormat("'recipient_msisdn': must be a number of 7 to 15 digits")
        }
        return number
    }

    /// The body, read as JSON.
    func body<Body: Decodable>(as type: Body.Type) throws -> Body {
        guard hasJSONType else { throw SMSAPIError.unsupportedMediaType }
        do {
            return try JSONDecoder().decode(type, from: Data(body))
        } catch let error as DecodingError {
            throw SMSAPIError(error)
        }
    }

    /// What is kept for a repeat of this request; nil when the client does not ask for that.
    func keptAnswer(_ answer: Answer) -> KeptAnswer? { keeping(answer) }

    /// The same for an answer that is made elsewhere.
    var keeping: @Sendable (Answer) -> KeptAnswer? {
        { [repetition, owner, now] answer in
            repetition.map {
                KeptAnswer(
                    owner: owner, key: $0.key, request: $0.fingerprint, status: answer.status.code, body: answer.body,
                    at: now)
            }
        }
    }

    /// `application/json`, with or without parameters such as a charset.
    private var hasJSONType: Bool {
        let type = request.headers[.contentType]?.prefix { $0 != ";" }.filter { !$0.isWhitespace }
        return type?.lowercased() == "application/json"
    }
}
