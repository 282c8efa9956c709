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
    /// For what takes long of a large body.
    let heavyWork: HeavyWork
    /// What a repeat is known by, if the client wants to be able to repeat it.
    let repetition: Repetition?

    var owner: Owner { .servicePlan(plan.id) }

    /// The id in the path.
    func batchID() throws(SMSAPIError) -> Batch.ID {
        let text = context.pathParameter("batch")
        guard let id = Batch.ID(text) else {
            throw .badFormat("'batch_id': '\(text.excerpt)' is not an id")
        }
        return id
    }

    /// The id of a group in the path.
    func groupID() throws(SMSAPIError) -> Group.ID {
        let text = context.pathParameter("group")
        guard let id = Group.ID(text) else {
            throw .badFormat("'group_id': '\(text.excerpt)' is not an id")
        }
        return id
    }

    /// The id of an inbound message in the path.
    func inboundID() throws(SMSAPIError) -> Inbound.ID {
        let text = context.pathParameter("inbound")
        guard let id = Inbound.ID(text) else {
            throw .badFormat("'inbound_id': '\(text.excerpt)' is not an id")
        }
        return id
    }

    /// The number in the path. The error does not repeat it: it may be somebody's.
    func recipient() throws(SMSAPIError) -> MSISDN {
        let text = context.pathParameter("recipient")
        guard let number = MSISDN(text) else {
            throw .badFormat("'recipient_msisdn': must be a number of 7 to 15 digits\(text.hiddenObstacle)")
        }
        return number
    }

    /// The body, read as JSON.
    func body<Body: Decodable>(as type: Body.Type) async throws -> Body {
        guard hasJSONType else { throw SMSAPIError.unsupportedMediaType }
        return try await inTurn {
            if let fault = JSONSyntax.fault(in: body) {
                if fault.isExcess { throw SMSAPIError.violation("The request body has too much in it: \(fault)") }
                throw SMSAPIError.invalidJSON("The request body is not valid JSON: \(fault)")
            }
            do {
                return try JSONDecoder().decode(type, from: Data(body))
            } catch let error as DecodingError {
                throw SMSAPIError(error)
            }
        }
    }

    /// Does what takes as long as the body is large, and waits for nothing meanwhile.
    func inTurn<Value>(_ work: () throws -> Value) async throws -> Value {
        try await inTurn(ofBytes: body.count, work)
    }

    /// Does what takes as long as so many bytes of text do.
    func inTurn<Value>(ofBytes count: Int, _ work: () throws -> Value) async throws -> Value {
        try await heavyWork.run(ofBytes: count, for: owner, work)
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
        let type = request.headers[.contentType]?.pieces(at: ";", maxSplits: 1).first
        return type?.withoutOuterBlanks.isWord("application/json") ?? false
    }
}
