package import FoundationEssentials
package import GatewayCore
package import HTTPServing
package import Hummingbird
package import Telemetry

/// A request in the name of a customer, whose access, rate and size have been checked.
package struct CustomerCall<Caller: APICaller>: Sendable {
    package let caller: Caller
    package let request: Request
    package let context: PeerContext
    package let query: QueryParameters
    package let now: Date
    /// Runs since the head of the request was there.
    package let sinceHead: Stopwatch
    /// The whole body, of a request that has one.
    package let body: [UInt8]
    /// What it shares with all other calls.
    let resources: CallResources
    /// How a repeat is recognised, if the client wants to be able to repeat the request.
    let idempotencyKey: IdempotencyKey?

    /// The id in the path of the request.
    ///
    /// - Parameters:
    ///   - member: what the API calls it.
    ///   - parameter: what the route calls it.
    /// - Throws: `badFormat` for a text that is no id.
    package func pathID(_ member: String, at parameter: String) throws(MalformedRequest) -> ULID {
        let text = context.pathParameter(parameter)
        guard let id = ULID(text) else { throw .badFormat(at: member, "'\(text.excerpt)' is not an id") }
        return id
    }

    /// The body, read as JSON.
    package func body<Body: Decodable>(as type: Body.Type) async throws -> Body {
        guard request.hasMediaType("application/json") else { throw CallRefusal.unsupportedMediaType }
        return try await inTurn { try MalformedRequest.decode(type, from: body) }
    }

    /// Does work whose time grows with the body; the work waits for nothing.
    package func inTurn<Value>(_ work: () throws -> Value) async throws -> Value {
        try await inTurn(ofBytes: body.count, work)
    }

    /// Does work whose time grows with that many bytes of text.
    package func inTurn<Value>(ofBytes count: Int, _ work: () throws -> Value) async throws -> Value {
        try await resources.heavyWork.run(ofBytes: count, for: caller.id, work)
    }

    /// A permit for a response that is long, held until it is written.
    ///
    /// - Throws: `tooManyRequests` when too many wait.
    package func longResponsePermit() async throws(CallRefusal) -> HeldPermit {
        try await resources.longResponses.permit(for: caller.id)
    }
}

extension CustomerCall {
    /// The trace of the request.
    package var trace: Trace? { context.trace }

    /// What is kept for a repeat of this request; nil when the client does not ask for that.
    package func keptAnswer(_ response: APIResponse) -> KeptAnswer? { keeping(response) }

    /// `keptAnswer` as a function, for a response that is made elsewhere.
    package var keeping: @Sendable (APIResponse) -> KeptAnswer? {
        guard let idempotencyKey, let owner = caller.keptAnswersOwner else { return { _ in nil } }
        return { [now] response in
            KeptAnswer(
                owner: owner, key: idempotencyKey.text, request: idempotencyKey.fingerprint,
                status: response.status.code, body: response.body, at: now)
        }
    }

    /// The response to a request whose key, as the store found, another request has brought in the meantime.
    ///
    /// - Throws: `keyReused` when it came with something else.
    package func response(_ kept: KeptAnswer) throws(CallRefusal) -> APIResponse {
        guard let idempotencyKey else { throw .internalError }
        return try idempotencyKey.response(kept)
    }
}

/// A caller in the terms of its API, with what all customers' APIs have to know of it.
package protocol APICaller: Sendable {
    /// Differs from that of every other caller of the gateway: rate, memory and processors are shared out by it.
    var id: String { get }
    /// Calls per second; nil for no limit.
    var requestsPerSecond: Double? { get }
    /// The owner for whom the answers to its Idempotency-Keys are kept; nil where its API has no such keys.
    var keptAnswersOwner: Owner? { get }
}
