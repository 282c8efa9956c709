import HTTPServing
import HTTPTypes
import Hummingbird

/// Answers paths of this API that no route has in the API's own error form.
struct UnclaimedPaths: RouterMiddleware {
    func handle(
        _ request: Request, context: PeerContext, next: (Request, PeerContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound && request.uri.path.hasPrefix("/xms/") {
            return SMSAPIError.noSuchPath.response
        }
    }
}
