import FoundationEssentials
import GatewayCore
import MM7
import Media

/// The content of a batch, ready to be put into any number of SubmitReqs: the media is read and encoded once and shared.
///
/// It keeps only what SubmitReqs need of the batch: a batch may have a thousand recipients and megabytes of values that
/// no placeholder names.
struct BatchContent: Sendable {
    let owner: Owner
    /// That of the batch.
    let trace: Trace?
    private let originator: Originator
    private let expireAt: Date
    /// The keys of the placeholders.
    private let parameters: Parameters
    private let media: [OutgoingPart]
    private let text: Template?
    private let subject: Template?
    /// The whole content, where every recipient gets the same.
    private let shared: EncodedContent?
    /// Roughly the memory that it takes, in octets: the media in the form in which it is sent, texts and values.
    let byteCount: Int

    /// - Parameter media: in the order of the batch's media.
    init(_ batch: Batch, media: [ReadMedium], profile: Profile) throws(MM7Error) {
        let (order, content) = (batch.order, batch.order.content)
        owner = batch.owner
        trace = batch.trace
        originator = order.originator
        expireAt = order.expireAt
        let parts = zip(media, content.media).map { read, medium in
            OutgoingPart(
                contentType: read.contentType,
                name: medium.filename.flatMap { MediaName($0) }?.text ?? read.name
                    ?? MediaName(inURL: medium.url)?.text,
                bytes: read.bytes[...])
        }
        let text = content.text.flatMap { $0.isEmpty ? nil : Template($0, isLiteral: !batch.hasPlaceholders) }
        let subject = content.subject.flatMap { subject in
            subject.isEmpty ? nil : Template(subject, isLiteral: !content.isSubjectTemplate)
        }
        self.text = text
        self.subject = subject
        let keys = Set((text?.keys ?? []) + (subject?.keys ?? []))
        parameters = keys.isEmpty ? Parameters() : order.parameters.only(keys)
        if text?.isConstant ?? true {
            let encoded = try Self.encoded(Self.parts(text: content.text, media: parts), for: profile)
            shared = encoded
            self.media = []
            byteCount = Self.overheadBytes + encoded.byteCount + parameters.byteCount
        } else {
            shared = nil
            let prepared = parts.map { $0.prepared(for: profile) }
            self.media = prepared
            byteCount =
                Self.overheadBytes + prepared.reduce(0) { $0 + $1.byteCount } + (text?.source.utf8.count ?? 0) * 2
                + parameters.byteCount
        }
    }

    /// Roughly the memory that the structures around the content take.
    private static let overheadBytes = 2048

    /// The content for one recipient; nil when a placeholder of the text has no value for it.
    func encoded(for recipient: MSISDN, profile: Profile) throws(MM7Error) -> EncodedContent? {
        if let shared { return shared }
        guard let text = text?.expanded(for: recipient, with: parameters) else { return nil }
        return try Self.encoded(Self.parts(text: text, media: media), for: profile)
    }

    private static func encoded(_ parts: [OutgoingPart], for profile: Profile) throws(MM7Error) -> EncodedContent {
        var random = RandomSource.system
        return try EncodedContent(parts, profile: profile, using: &random)
    }

    /// The SubmitReq, without its content, for recipients who all get the same; nil when a placeholder of the subject
    /// has no value for them. No recipient sees the numbers of the others.
    func request(for recipients: [MSISDN], at mmsc: MMSC) -> SubmitReq? {
        guard let first = recipients.first else { return nil }
        let addresses = recipients.map { Address.msisdn($0.digits) }
        var request = SubmitReq(
            sender: SenderIdentification(
                vaspID: mmsc.vaspID, vasID: mmsc.vasID, address: originator.address),
            recipients: addresses.count == 1 ? Recipients(to: addresses) : Recipients(bcc: addresses))
        request.expiryDate = .absolute(expireAt)
        request.deliveryReport = true
        if let subject {
            guard let text = subject.expanded(for: first, with: parameters) else { return nil }
            request.subject = text
        }
        return request
    }

    private static func parts(text: String?, media: [OutgoingPart]) -> [OutgoingPart] {
        // A text that travels alone may be empty, and is sent.
        guard let text, !text.isEmpty || media.isEmpty else { return media }
        return media + [
            OutgoingPart(contentType: "text/plain; charset=utf-8", name: nil, bytes: Array(text.utf8)[...])
        ]
    }
}

extension Parameters {
    /// Roughly the memory that the values take, in octets: both spellings of the numbers, and the tables around them.
    fileprivate var byteCount: Int {
        asGiven.values.reduce(0) { sum, values in
            values.reduce(sum) { $0 + 160 + ($1.key.utf8.count + $1.value.utf8.count) * 2 }
        }
    }
}

/// A medium of a batch as it was fetched.
package struct ReadMedium: Sendable {
    package let bytes: [UInt8]
    package let contentType: String
    /// What its server calls it; nil where its address says so.
    package let name: String?

    package init(bytes: [UInt8], contentType: String, name: String? = nil) {
        self.bytes = bytes
        self.contentType = contentType
        self.name = name
    }
}

/// Why there is no content from which to make a request.
enum ContentFailure: Error {
    /// A message is due whose batch or media the store does not have.
    case missing
    /// Contents in flight have had all the memory that the customer may have, or that there is, for too long.
    case noRoom
}
