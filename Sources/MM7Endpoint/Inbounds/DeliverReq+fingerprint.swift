import Crypto
import GatewayCore
import MM7

extension ReceivedMessage {
    /// A hash of the sender, subject and parts, which a repetition of a DeliverReq has too, whatever its identifiers
    /// are.
    func fingerprint(of request: DeliverReq) -> String {
        var hash = SHA256()
        // A length before each piece, so that different messages never give the same octets.
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
