import FoundationEssentials
import GatewayCore
import HTTPServing
import HTTPTypes
import Hummingbird

/// A request in the name of a service plan, and what its path, query and body say.
struct PlanRequest {
    let plan: ServicePlan
    let request: Request
    let context: PeerContext

    var owner: Owner { .servicePlan(plan.id) }

    /// The id in the path.
    func batchID() throws(SMSAPIError) -> Batch.ID {
        let text = context.pathParameter("batch")
        guard let id = Batch.ID(text) else { throw .badFormat("'batch_id': '\(text.excerpt)' is not an id") }
        return id
    }

    /// The number in the path. The error does not repeat it: it may be somebody's.
    func recipient() throws(SMSAPIError) -> MSISDN {
        guard let number = MSISDN(context.pathParameter("recipient")) else {
            throw .badFormat("'recipient_msisdn': must be a number of 7 to 15 digits")
        }
        return number
    }

    /// The values of a query parameter, one after the other or separated by commas, without blanks.
    func queryValues(_ name: String) -> [String] {
        request.uri.queryParameters[values: Substring(name)]
            .flatMap { $0.split(separator: ",") }
            .map { String($0.filter { !$0.isWhitespace }) }
            .filter { !$0.isEmpty }
    }

    /// The body, read as JSON.
    func body<Body: Decodable>(as type: Body.Type, upTo limitBytes: Int) async throws -> Body {
        guard hasJSONType else { throw SMSAPIError.unsupportedMediaType }
        do {
            return try JSONDecoder().decode(type, from: Data(try await request.bytes(upTo: limitBytes)))
        } catch let error as BodyTooLarge {
            throw SMSAPIError.bodyTooLarge(limitBytes: error.limitBytes)
        } catch let error as DecodingError {
            throw SMSAPIError(error)
        }
    }

    /// `application/json`, with or without parameters such as a charset.
    private var hasJSONType: Bool {
        let type = request.headers[.contentType]?.prefix { $0 != ";" }.filter { !$0.isWhitespace }
        return type?.lowercased() == "application/json"
    }
}
