import HTTPTypes
import Hummingbird

/// The last word of a server. An error answer without a body, as for a path that no route has, gets one in JSON,
/// because clients stumble over a missing or foreign type. An answer to HEAD loses its own: its bytes would be taken
/// for the next answer. (RFC 9110, 9.3.2)
struct FallbackResponder<Inner: HTTPResponder>: HTTPResponder {
    typealias Context = Inner.Context

    let inner: Inner

    func respond(to request: Request, context: Context) async throws -> Response {
        let response = try await inner.respond(to: request, context: context)
        guard request.method != .head else { return response.createHeadResponse() }
        guard response.status.code >= 400, response.headers[.contentType] == nil else { return response }
        let body = Body(code: Self.code(of: response.status), text: Self.text(of: response.status))
        var spoken = Response(status: response.status, json: body)
        spoken.headers.append(contentsOf: response.headers.filter { $0.name != .contentLength })
        return spoken
    }

    private struct Body: Encodable {
        let code: String
        let text: String
    }

    private static func code(of status: HTTPResponse.Status) -> String {
        status.reasonPhrase.lowercased().map { $0.isLetter ? String($0) : "_" }.joined()
    }

    private static func text(of status: HTTPResponse.Status) -> String {
        status == .notFound ? "There is nothing at this path" : status.reasonPhrase
    }
}
