import Crypto
import GatewayCore
import HTTPTypes
import Hummingbird

/// How a repeat of a POST is known: by its Idempotency-Key, and by asking for the same.
struct Repetition {
    let key: String
    /// SHA-256 of path, query and body.
    let fingerprint: String

    private static let header = HTTPField.Name("Idempotency-Key")
    private static let longestKey = 255

    /// Nil for a request without the header.
    init?(_ request: Request, body: [UInt8]) throws(SMSAPIError) {
        guard request.method == .post, let header = Self.header, let key = request.headers[header] else { return nil }
        guard (1...Self.longestKey).contains(key.utf8.count), key.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) else {
            throw .violation("'Idempotency-Key': must be 1 to \(Self.longestKey) printable characters of ASCII")
        }
        self.key = key
        var hash = SHA256()
        hash.update(data: Array("\(request.uri.path)?\(request.uri.query ?? "")\n".utf8))
        hash.update(data: body)
        fingerprint = hash.finalize().hexadecimal
    }

    /// The answer that was given before.
    ///
    /// - Throws: `keyReused` when the key came with something else.
    func answer(_ kept: KeptAnswer) throws(SMSAPIError) -> Answer {
        guard kept.request == fingerprint else { throw .keyReused }
        return Answer(status: HTTPResponse.Status(code: kept.status), body: kept.body)
    }
}
