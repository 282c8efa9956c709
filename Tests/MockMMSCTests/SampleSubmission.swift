import HTTPTypes
import MM7

/// A SubmitReq with a picture and a text, written by our own writer: in form until something is replaced in it.
struct SampleSubmission {
    var profile = Profile.standard
    var transactionID = "t-1"
    var recipients = Recipients(to: [.msisdn("15550100001")])
    var wantsReport = true

    static let mediaBytes = 2000

    init(profile: Profile = .standard, transactionID: String = "t-1", wantsReport: Bool = true) {
        self.profile = profile
        self.transactionID = transactionID
        self.wantsReport = wantsReport
    }

    init(transactionID: String = "t-1", recipient: String) {
        self.init(transactionID: transactionID, recipients: Recipients(to: [.msisdn(recipient)]))
    }

    init(transactionID: String = "t-1", recipients: Recipients) {
        self.init(transactionID: transactionID)
        self.recipients = recipients
    }

    /// To so many, hidden from each other.
    init(transactionID: String = "t-1", toSeveral count: Int) {
        self.init(transactionID: transactionID, recipients: Recipients(bcc: Self.numbers(count).map { .msisdn($0) }))
        profile.recipientsPerRequest = count
    }

    static func numbers(_ count: Int) -> [String] { (0..<count).map { String(15_550_100_001 + $0) } }

    func encoded() throws -> EncodedMessage {
        let sender = SenderIdentification(vaspID: "acme", vasID: "news", address: .shortCode("55512"))
        var request = SubmitReq(sender: sender, recipients: recipients)
        request.deliveryReport = wantsReport
        request.subject = "Tea & biscuits"
        // Line ends and hyphens, of which delimiters are made.
        let media = Array("\r\n--\r\n-".utf8) + (7..<Self.mediaBytes).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let parts = [
            OutgoingPart(contentType: "image/jpeg", name: "tea.jpg", bytes: media[...]),
            OutgoingPart(contentType: "text/plain", name: "tea.txt", bytes: Array("Tea?".utf8)[...]),
        ]
        let content = try EncodedContent(parts, profile: profile)
        return try MessageWriter(profile: profile).write(request, transactionID: transactionID, content: content)
    }

    /// The whole body and its headers, with a text replaced wherever it stands in the ASCII of the message.
    func bytes(replacing old: String = "", with new: String = "") throws -> (bytes: [UInt8], headers: HTTPFields) {
        let encoded = try encoded()
        var bytes = Array(encoded.segments.joined())
        var type = encoded.contentType
        if !old.isEmpty {
            bytes = Self.replacing(bytes, Array(old.utf8), Array(new.utf8))
            type = String(decoding: Self.replacing(Array(type.utf8), Array(old.utf8), Array(new.utf8)), as: UTF8.self)
        }
        return (bytes, [.contentType: type, .contentLength: String(bytes.count)])
    }

    private static func replacing(_ bytes: [UInt8], _ old: [UInt8], _ new: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var place = 0
        while place < bytes.count {
            if bytes[place...].starts(with: old) {
                result += new
                place += old.count
            } else {
                result.append(bytes[place])
                place += 1
            }
        }
        return result
    }
}
