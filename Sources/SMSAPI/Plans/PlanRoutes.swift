import GatewayCore
import HTTPServing
import HTTPTypes
import Hummingbird
import Logging

/// Routes below `/xms/v1/{plan}`: only the plan's own tokens open them, and every failure leaves in the API's form.
struct PlanRoutes {
    typealias Action = @Sendable (PlanRequest) async throws -> Response

    let router: Router<PeerContext>
    let directory: CurrentDirectory

    private static let root = "xms/v1/:plan/"
    private static let methods: [HTTPRequest.Method] = [
        .get, .head, .post, .put, .delete, .patch, .options, .trace, .connect,
    ]

    /// All that can be done at one path; other methods are answered 405.
    func on(_ path: String, _ actions: [HTTPRequest.Method: Action]) {
        let allowed = actions.keys.map(\.rawValue).sorted().joined(separator: ", ")
        let refuse: Action = { _ in throw SMSAPIError.methodNotAllowed(allowed: allowed) }
        for method in Self.methods {
            let action = actions[method] ?? refuse
            router.on(RouterPath(Self.root + path), method: method) { [directory] request, context in
                try await Self.answer(action, to: request, context, in: directory.now)
            }
        }
    }

    private static func answer(
        _ action: Action, to request: Request, _ context: PeerContext, in directory: Directory
    ) async throws -> Response {
        do {
            let plan = try plan(of: request, context, in: directory)
            return try await action(PlanRequest(plan: plan, request: request, context: context))
        } catch let error as SMSAPIError {
            return error.response
        } catch let failure as StoreFailure {
            // The customer reads that it failed; only the operator can do something about why.
            context.logger.error("A request failed in the store.", metadata: ["error": "\(failure)"])
            return SMSAPIError(failure).response
        }
        // What else is thrown is the connection's end in the middle of a body, which is the server's to handle.
    }

    /// The plan of the path, if the request carries one of its tokens. An unknown plan looks like a wrong token.
    private static func plan(
        of request: Request, _ context: PeerContext, in directory: Directory
    ) throws(SMSAPIError) -> ServicePlan {
        guard let token = bearerToken(in: request),
            let plan = directory.servicePlans[context.pathParameter("plan")], plan.accepts(token: token)
        else { throw .unauthorized }
        return plan
    }

    /// The scheme word counts in any case. (RFC 9110, 11.1)
    private static func bearerToken(in request: Request) -> Substring? {
        guard let words = request.headers[.authorization]?.split(separator: " "), words.count == 2,
            words[0].lowercased() == "bearer"
        else { return nil }
        return words[1]
    }
}
