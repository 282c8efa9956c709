import Crypto
import GatewayCore
import MM7

extension ReceivedMessage {
    /// What a repetition of a DeliverReq has too, whatever identifiers it bears: sender, subject and parts.
    func fingerprint(of request: DeliverReq) -> String {
        var hash = SHA256()
        // A count before each piece, so that no two messages run together to the same octets.
        for text in [request.sender?.normalized ?? "", request.subject ?? ""] {
            hash.update(data: Array("\(text.utf8.count) \(text)\n".utf8))
        }
        for part in content {
            hash.update(data: Array("\(part.contentType.essence) \(part.bytes.count)\n".utf8))
            hash.update(data: part.bytes)
        }
        return hash.finalize().hexadecimal
    }
}
