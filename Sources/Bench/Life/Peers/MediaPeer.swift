import Glibc

/// A media server: a picture at each address, with the number in the address written into it, so that addresses without
/// the same number have different pictures.
final class MediaPeer: PeerRole {
    private(set) var tally = PeerTally()
    /// The whole answer.
    private var answer: [UInt8]
    private let numberOffset: Int
    private var waiting: DueQueue<(number: Int, connection: PeerConnection)>

    init(pictureBytes: Int, delay: Duration) {
        let picture = SamplePicture.jpeg(byteCount: max(pictureBytes, Self.leastBytes))
        let head = "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: \(picture.count)\r\n\r\n"
        answer = Array(head.utf8) + picture
        // Before the two bytes that end it.
        numberOffset = answer.count - 2 - Self.digits
        waiting = DueQueue(after: delay)
    }

    private static let digits = 7
    private static let leastBytes = 200

    func receive(_ request: PeerRequest, over connection: PeerConnection) {
        let number = request.bytes.number(at: "GET /".utf8.count)
        guard waiting.delay > .zero else { return send(number, over: connection) }
        waiting.add((number, connection))
    }

    func doDue(now: MonotonicTime) -> MonotonicTime? {
        while let (number, connection) = waiting.take(at: now) { send(number, over: connection) }
        return waiting.next
    }

    private func send(_ number: Int, over connection: PeerConnection) {
        var rest = number
        for offset in (numberOffset..<numberOffset + Self.digits).reversed() {
            answer[offset] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
        tally.requests += 1
        connection.send(answer)
    }
}
