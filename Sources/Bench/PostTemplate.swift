import MM7

/// A POST of HTTP made beforehand in full, of which only a number of seven digits differs from one post to the next: the
/// load costs next to nothing while it runs.
struct PostTemplate: Sendable {
    /// Stands for the number in the content of the template; no picture of the benches has it by chance.
    static let placeholder = "9090909"

    let bytes: [UInt8]
    /// What the answer to a post has in it.
    let success: StaticString
    /// The offsets of the number, and how many digits it has.
    private let offsets: [Int]
    private let digits: Int

    /// A post of an MMSC.
    init(path: String, _ message: EncodedMessage, placeholder: String = Self.placeholder) {
        self.init(
            path: path, ["Content-Type: \(message.contentType)", "SOAPAction: \"\""], Array(message.bytes),
            success: "StatusCode>1000<", placeholder: placeholder)
    }

    /// - Parameters:
    ///   - success: what the answer has in it, its status line included.
    ///   - placeholder: stands for the number, in another length than it usually has.
    init(
        _ method: String = "POST", path: String, _ headers: [String], _ body: [UInt8], success: StaticString,
        placeholder: String = Self.placeholder
    ) {
        let lines =
            ["\(method) \(path) HTTP/1.1", "Host: gateway"] + headers + ["Content-Length: \(body.count)", "", ""]
        bytes = Array(lines.joined(separator: "\r\n").utf8) + body
        offsets = bytes.offsets(of: Array(placeholder.utf8))
        digits = placeholder.utf8.count
        self.success = success
    }

    /// Writes a number into a copy of the template's bytes.
    func write(_ number: Int, into bytes: inout [UInt8]) {
        for offset in offsets {
            var rest = number
            for digit in stride(from: digits - 1, through: 0, by: -1) {
                bytes[offset + digit] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            }
        }
    }
}

extension PostTemplate {
    /// A DeliveryReportReq that says a message was retrieved.
    ///
    /// - Parameters:
    ///   - prefix: what stands before the number in that of the recipient.
    ///   - placeholder: stands for the number.
    static func report(
        path: String, prefix: String = "1555", placeholder: String = Self.placeholder
    ) throws -> PostTemplate {
        var report = DeliveryReportReq(
            messageID: "m-" + placeholder, recipient: .msisdn(prefix + placeholder), mmStatus: .retrieved)
        report.sender = .shortCode("12025550100")
        report.statusText = "Retrieved"
        let envelope = Envelope(transactionID: "report-" + placeholder, body: .deliveryReportReq(report))
        return PostTemplate(
            path: path, try MessageWriter(profile: .standard).write(envelope), placeholder: placeholder)
    }

    /// A DeliverReq with a picture of its own, as its sender's handset made it.
    static func inbound(
        path: String, to number: String, pictureBytes: Int, encoding: Profile.TransferEncoding = .binary
    ) throws -> PostTemplate {
        // A JPEG by its first bytes; the number makes it another picture each time, except in base64.
        var picture: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + Array(placeholder.utf8)
        picture += [UInt8](repeating: 0xA5, count: max(pictureBytes - picture.count, 0))
        var profile = Profile.standard
        profile.transferEncoding = encoding
        let content = try EncodedContent(
            [OutgoingPart(contentType: "image/jpeg", name: "picture.jpg", bytes: picture[...])], profile: profile)
        var request = DeliverReq(
            sender: .msisdn("15550100001"), recipients: Recipients(to: [.msisdn(number)]))
        request.subject = "Hello"
        let message = try MessageWriter(profile: profile).write(
            request, transactionID: "inbound-" + placeholder, content: content)
        return PostTemplate(path: path, message)
    }
}

extension [UInt8] {
    /// The offsets at which the pattern begins in these bytes.
    fileprivate func offsets(of pattern: [UInt8]) -> [Int] {
        var offsets: [Int] = []
        var from = startIndex
        while let range = self[from...].firstRange(of: pattern) {
            offsets.append(range.lowerBound)
            from = range.upperBound
        }
        return offsets
    }
}
