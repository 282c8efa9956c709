import Crypto
import GatewayCore
import HTTPTypes
import Hummingbird

/// How a repeat of a POST is recognised: its Idempotency-Key, and that it asks for the same.
struct IdempotencyKey: Sendable {
    let text: String
    /// SHA-256 of path, query and body.
    let fingerprint: String

    private static let header = HTTPField.Name("Idempotency-Key")
    private static let longest = 255

    /// Nil for a request without the header.
    init?(_ request: Request, body: [UInt8]) throws(MalformedRequest) {
        guard request.method == .post, let header = Self.header, let text = request.headers[header] else { return nil }
        guard (1...Self.longest).contains(text.utf8.count), text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) else {
            throw .violation(
                at: "Idempotency-Key", "must be 1 to \(Self.longest) printable characters of ASCII")
        }
        self.text = text
        var hash = SHA256()
        hash.update(data: Array("\(request.uri.path)?\(request.uri.query ?? "")\n".utf8))
        hash.update(data: body)
        fingerprint = hash.finalize().hexadecimal
    }

    /// The response that was given before.
    ///
    /// - Throws: `keyReused` when the key came with something else.
    func response(_ kept: KeptAnswer) throws(CallRefusal) -> APIResponse {
        guard kept.request == fingerprint else { throw .keyReused }
        return APIResponse(status: HTTPResponse.Status(code: kept.status), body: kept.body)
    }
}
