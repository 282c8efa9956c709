import HTTPServing
import HTTPTypes
import Hummingbird
import Telemetry

/// Counts what is answered below this API's path, by status.
struct RequestCounting: RouterMiddleware {
    let telemetry: Telemetry

    func handle(
        _ request: Request, context: PeerContext, next: (Request, PeerContext) async throws -> Response
    ) async throws -> Response {
        guard request.uri.path.hasPrefix("/xms/") else { return try await next(request, context) }
        do {
            let response = try await next(request, context)
            telemetry.answered(status: response.status.code)
            return response
        } catch let error as any HTTPResponseError {
            telemetry.answered(status: error.status.code)
            throw error
        }
        // What else is thrown is a connection's end: nobody is answered.
    }
}
