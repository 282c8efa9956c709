import Glibc
import MM7

/// An MMSC that takes every SubmitReq and reports each of its messages as retrieved. The MessageID is `m-` and the digits
/// of the first recipient's number without its leading 1.
final class MMSCPeer: PeerRole {
    private var taken = PeerTally()
    private let reports: ReportPosts
    private let answer: SubmitAnswer
    private var waiting: DueQueue<(answer: [UInt8], numbers: [Int], connection: PeerConnection)>

    init(delay: Duration, reports: ReportPosts) throws {
        self.reports = reports
        answer = try SubmitAnswer()
        waiting = DueQueue(after: delay)
    }

    var tally: PeerTally {
        var tally = taken
        tally.reports = reports.answered
        if reports.answered > 0 { tally.last = reports.lastAnswer }
        return tally
    }

    func receive(_ request: PeerRequest, over connection: PeerConnection) {
        let bytes = request.bytes
        let numbers = Self.recipients(in: bytes)
        guard let name = bytes.end(of: "TransactionID"), let tag = bytes.end(of: ">", from: name),
            let first = numbers.first
        else {
            taken.faults += 1
            return connection.send(Self.refusal)
        }
        let identifier = UnsafeRawBufferPointer(rebasing: bytes[bytes.text(at: tag)])
        let answer = answer.bytes(transactionID: identifier, number: first)
        guard waiting.delay > .zero else { return take(numbers, answer, connection) }
        waiting.add((answer, numbers, connection))
    }

    /// The numbers without their leading 1.
    private static func recipients(in bytes: UnsafeRawBufferPointer) -> [Int] {
        guard let start = bytes.end(of: "Recipients>"), let end = bytes.end(of: "Recipients>", from: start) else {
            return []
        }
        let list = UnsafeRawBufferPointer(rebasing: bytes[..<end])
        var (numbers, place) = ([Int](), start)
        while let tag = list.end(of: "Number>", from: place) {
            if tag < list.count, list[tag] == UInt8(ascii: "1") { numbers.append(list.number(at: tag + 1)) }
            place = tag
        }
        return numbers
    }

    private static let refusal = Array("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".utf8)

    private func take(_ numbers: [Int], _ answer: [UInt8], _ connection: PeerConnection) {
        connection.send(answer)
        taken.requests += 1
        taken.messages += numbers.count
        taken.last = .now
        for number in numbers { reports.add(number) }
    }

    func doDue(now: MonotonicTime, in loop: SocketLoop) throws -> MonotonicTime? {
        while let due = waiting.take(at: now) { take(due.numbers, due.answer, due.connection) }
        try reports.post(now: now, in: loop)
        return [waiting.next, reports.next].compactMap(\.self).min()
    }
}

/// The SubmitRsp that takes a message, made beforehand but for its TransactionID and its MessageID.
private struct SubmitAnswer {
    private let parts: [[UInt8]]

    private static let transactionID = "TRANSACTION"
    private static let messageID = "MESSAGE"

    init() throws {
        let envelope = Envelope(
            transactionID: Self.transactionID,
            body: .submitRsp(SubmitRsp(status: .success, messageID: Self.messageID)))
        let text = String(decoding: try MessageWriter(profile: .standard).write(envelope).bytes, as: UTF8.self)
        guard let first = text.firstRange(of: Self.transactionID), let second = text.firstRange(of: Self.messageID)
        else {
            throw BenchFailure("a SubmitRsp has no place for its identifiers")
        }
        parts = [text[..<first.lowerBound], text[first.upperBound..<second.lowerBound], text[second.upperBound...]]
            .map { Array($0.utf8) }
    }

    func bytes(transactionID: UnsafeRawBufferPointer, number: Int) -> [UInt8] {
        let digits = String(number + 10_000_000_000).dropFirst()
        let messageID = Array("m-\(digits)".utf8)
        let length = parts[0].count + parts[1].count + parts[2].count + transactionID.count + messageID.count
        var bytes: [UInt8] = []
        bytes.reserveCapacity(length + 128)
        bytes += "HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: \(length)\r\n\r\n".utf8
        bytes += parts[0]
        bytes += transactionID
        bytes += parts[1]
        bytes += messageID
        bytes += parts[2]
        return bytes
    }
}
