import GatewayCore
import HTTPServing
import HTTPTypes
import Hummingbird

/// Routes below `/xms/v1/{plan}`.
struct PlanRoutes {
    typealias Action = @Sendable (PlanRequest) async throws -> Answer

    let router: Router<PeerContext>
    let desk: PlanDesk

    private static let root = "xms/v1/:plan/"
    /// The router has no word for "any other", so that a method beyond these finds nothing at the path.
    static let methods: [HTTPRequest.Method] =
        [.get, .head, .post, .put, .delete, .patch, .options, .trace, .connect]
        + [HTTPRequest.Method("QUERY")].compactMap { $0 }

    /// All that can be done at one path; other methods are answered 405.
    func on(_ path: String, _ actions: [HTTPRequest.Method: Action]) {
        let allowed = actions.keys.map(\.rawValue).sorted().joined(separator: ", ")
        let refuse: Action = { _ in throw SMSAPIError.methodNotAllowed(allowed: allowed) }
        for method in Self.methods {
            let action = actions[method] ?? refuse
            router.on(RouterPath(Self.root + path), method: method) { [desk] request, context in
                try await desk.respond(to: request, context, with: action)
            }
        }
    }
}
