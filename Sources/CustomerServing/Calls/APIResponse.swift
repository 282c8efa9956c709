import HTTPServing
package import HTTPTypes
import Hummingbird

/// The answer to a call that was carried out: a status and JSON, or nothing.
package struct APIResponse: Sendable {
    package let status: HTTPResponse.Status
    private let content: Content

    private enum Content {
        case whole([UInt8])
        /// Written while the client reads.
        case pieces(ResponsePieces)
    }

    package init(status: HTTPResponse.Status = .ok, json value: some Encodable) {
        self.init(status: status, body: JSONText.bytes(of: value))
    }

    /// - Parameter body: JSON, or nothing.
    package init(status: HTTPResponse.Status, body: [UInt8] = []) {
        self.status = status
        content = .whole(body)
    }

    /// A response too long to be held as a whole.
    init(pieces: ResponsePieces) {
        status = .ok
        content = .pieces(pieces)
    }

    /// The body of a response that is kept for a repeat, which is never one in pieces.
    var body: [UInt8] { if case .whole(let bytes) = content { bytes } else { [] } }

    var response: Response {
        switch content {
        // Without a body there is nothing of any type: some clients parse what has one.
        case .whole(let body) where body.isEmpty: Response(status: status, headers: [.contentLength: "0"])
        case .whole(let body): Response(status: status, contentType: "application/json", bytes: body)
        case .pieces(let pieces):
            Response(status: status, headers: [.contentType: "application/json"], body: pieces.responseBody)
        }
    }
}
