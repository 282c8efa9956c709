package import HTTPServing
import HTTPTypes
package import Hummingbird
package import Telemetry

/// Counts what is answered below an API's path, by status.
package struct RequestCounting: RouterMiddleware {
    private let telemetry: Telemetry
    private let prefix: String

    package init(below prefix: String, telemetry: Telemetry) {
        self.prefix = prefix
        self.telemetry = telemetry
    }

    package func handle(
        _ request: Request, context: PeerContext, next: (Request, PeerContext) async throws -> Response
    ) async throws -> Response {
        guard request.uri.path.hasPrefix(prefix) else { return try await next(request, context) }
        do {
            let response = try await next(request, context)
            telemetry.answered(status: response.status.code)
            return response
        } catch let error as any HTTPResponseError {
            telemetry.answered(status: error.status.code)
            throw error
        }
        // Any other error is the end of a connection: nobody is answered.
    }
}
