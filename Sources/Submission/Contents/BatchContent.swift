import GatewayCore
import MM7

/// The content of a batch, ready to be put into any number of SubmitReqs: the media is read once and shared.
struct BatchContent: Sendable {
    let batch: Batch
    private let media: OutgoingPart?
    private let text: Template?
    private let subject: Template?
    /// The whole content, where every recipient gets the same.
    private let shared: EncodedContent?

    /// - Parameter media: nil for a text that travels alone.
    init(_ batch: Batch, media: (bytes: [UInt8], contentType: String)?, profile: Profile) throws(MM7Error) {
        self.batch = batch
        self.media = media.map { media in
            OutgoingPart(
                contentType: media.contentType, name: batch.content.mediaURL.flatMap(Self.fileName),
                bytes: media.bytes[...])
        }
        text = batch.content.text.flatMap { $0.isEmpty ? nil : Template($0) }
        subject = batch.content.subject.flatMap { subject in
            subject.isEmpty ? nil : Template(subject, isLiteral: !batch.content.isSubjectTemplate)
        }
        let isShared = text?.isConstant ?? true
        shared =
            isShared
            ? try EncodedContent(Self.parts(text: batch.content.text, media: self.media), profile: profile) : nil
    }

    /// What it holds in memory, about: the media, and its encoded form where that is another.
    var byteCount: Int { (media?.bytes.count ?? 0) * 2 }

    /// The content for one recipient; nil when a placeholder of the text has no value for it.
    func encoded(for recipient: MSISDN, profile: Profile) throws(MM7Error) -> EncodedContent? {
        if let shared { return shared }
        guard let text = text?.expanded(for: recipient, with: batch.parameters) else { return nil }
        return try EncodedContent(Self.parts(text: text, media: media), profile: profile)
    }

    /// The SubmitReq for recipients who all get the same, without its content; nil when a placeholder of the subject has
    /// no value for them. Several do not learn of each other.
    func request(for recipients: [MSISDN], at mmsc: MMSC) -> SubmitReq? {
        guard let first = recipients.first else { return nil }
        let addresses = recipients.map { Address.msisdn($0.digits) }
        var request = SubmitReq(
            sender: SenderIdentification(
                vaspID: mmsc.vaspID, vasID: mmsc.vasID, address: batch.originator.address),
            recipients: addresses.count == 1 ? Recipients(to: addresses) : Recipients(bcc: addresses))
        request.expiryDate = .absolute(batch.expireAt)
        request.deliveryReport = true
        if let subject {
            guard let text = subject.expanded(for: first, with: batch.parameters) else { return nil }
            request.subject = text
        }
        return request
    }

    private static func parts(text: String?, media: OutgoingPart?) -> [OutgoingPart] {
        // A text that travels alone may be empty, and is sent.
        guard let text, !text.isEmpty || media == nil else { return media.map { [$0] } ?? [] }
        let part = OutgoingPart(contentType: "text/plain; charset=utf-8", name: nil, bytes: Array(text.utf8)[...])
        return media.map { [$0, part] } ?? [part]
    }

    /// The last part of the URL's path: what the file is called where it came from.
    private static func fileName(in url: String) -> String? {
        // "https:", "", the host, then the path.
        let pieces = url.prefix { $0 != "?" && $0 != "#" }.split(separator: "/", omittingEmptySubsequences: false)
        guard pieces.count > 3, let name = pieces.last, !name.isEmpty else { return nil }
        return String(name)
    }
}
