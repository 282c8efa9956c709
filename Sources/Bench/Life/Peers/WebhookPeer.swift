/// The receiver of a customer's webhook: counts the messages that the gateway says were delivered.
final class WebhookPeer: PeerRole {
    private(set) var tally = PeerTally()
    private let answer: [UInt8]

    /// - Parameters:
    ///   - status: the line of the status, for whoever is called in the place of another server.
    ///   - body: what else the caller wants to see.
    init(status: String, body: String) {
        answer = Array("HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
    }

    func receive(_ request: PeerRequest, over connection: PeerConnection) {
        tally.requests += 1
        connection.send(answer)
        if request.bytes.end(of: #""status":"Delivered""#) != nil {
            // The messages of a batch have one status, or the count of messages is not reached.
            let total = request.bytes.end(of: #""total_message_count":"#)
            let others = total.flatMap { _ in request.bytes.end(of: #"},{"code":"#) }
            tally.messages += others == nil ? total.map { request.bytes.number(at: $0) } ?? 1 : 0
            tally.faults += others == nil ? 0 : 1
            tally.last = .now
        } else if request.bytes.end(of: #""status":"Dispatched""#) == nil {
            tally.faults += 1
        }
    }
}
