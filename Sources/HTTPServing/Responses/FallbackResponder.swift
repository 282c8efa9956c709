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
        var spoken = Response(status: response.status, json: FallbackBody(response.status))
        spoken.headers.append(contentsOf: response.headers.filter { $0.name != .contentLength })
        return spoken
    }
}

/// What a server says of an error of which nobody else says anything.
struct FallbackBody: Encodable {
    let code: String
    let text: String

    init(_ status: HTTPResponse.Status) {
        code = status.reasonPhrase.lowercased().map { $0.isLetter ? String($0) : "_" }.joined()
        text =
            switch status {
            case .notFound: "There is nothing at this path"
            case .requestTimeout: "The request took too long to arrive"
            default: status.reasonPhrase
            }
    }
}
