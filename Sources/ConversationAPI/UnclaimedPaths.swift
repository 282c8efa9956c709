import HTTPServing
import HTTPTypes
import Hummingbird

/// Answers paths of this API that no route has.
struct UnclaimedPaths: RouterMiddleware {
    func handle(
        _ request: Request, context: PeerContext, next: (Request, PeerContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound && Self.isOurs(request.uri.path) {
            return ConversationError.notBuilt.response
        }
    }

    /// `/v1/projects/{project_id}` and all below it.
    private static func isOurs(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        return parts.count >= 3 && parts[0] == "v1" && parts[1] == "projects"
    }
}
