import Crypto
import GatewayCore
import MM7

extension ReceivedMessage {
    /// What tells a DeliverReq from others where its LinkedID does not: the TransactionID, else all that is in it.
    func fingerprint(of request: DeliverReq) -> String {
        if let transactionID = envelope.transactionID, !transactionID.isEmpty { return "transaction \(transactionID)" }
        var hash = SHA256()
        let addresses = ([request.sender].compactMap(\.self) + request.recipients.all).map(\.normalized)
        // A count before each piece, so that no two messages run together to the same octets.
        for text in addresses + [request.subject ?? ""] {
            hash.update(data: Array("\(text.utf8.count) \(text)\n".utf8))
        }
        for part in content {
            hash.update(data: Array("\(part.contentType.essence) \(part.bytes.count)\n".utf8))
            hash.update(data: part.bytes)
        }
        return "content \(hash.finalize().hexadecimal)"
    }
}
