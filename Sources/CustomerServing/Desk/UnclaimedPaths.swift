package import HTTPServing
import HTTPTypes
package import Hummingbird

/// Answers paths of an API that no route has in the API's own form.
package struct UnclaimedPaths: RouterMiddleware {
    private let fault: any APIFault
    private let isClaimed: @Sendable (_ path: String) -> Bool

    /// - Parameter isClaimed: whether a path is the API's.
    package init(answer fault: any APIFault, where isClaimed: @escaping @Sendable (_ path: String) -> Bool) {
        self.fault = fault
        self.isClaimed = isClaimed
    }

    package func handle(
        _ request: Request, context: PeerContext, next: (Request, PeerContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound && isClaimed(request.uri.path) {
            return fault.response
        }
    }
}
