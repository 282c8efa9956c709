import FoundationEssentials

/// What a peer counted so far, as it says itself at `GET /tally`.
struct PeerTally: Codable {
    /// Messages, of an MMSC those that it took.
    var messages = 0
    /// Requests, however many messages were in each.
    var requests = 0
    /// Reports that the gateway took.
    var reports = 0
    /// What was not as it should be, such as a callback on a message that was not delivered.
    var faults = 0
    /// When the last message was counted, or the last report.
    var last = MonotonicTime.now

    /// As an answer of HTTP.
    var answer: [UInt8] {
        let body = (try? JSONEncoder().encode(self)) ?? Data()
        return Array("HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n".utf8) + body
    }
}
