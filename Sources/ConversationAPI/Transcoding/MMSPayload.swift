import CustomerServing
import GatewayCore

/// A message as this channel has it: `{"subject": "…", "text": "…", "media": [{"url": "…"}]}`, without what is absent.
/// `messages:transcode` answers it, and `explicit_channel_message` takes it.
struct MMSPayload: Equatable, Sendable, Encodable {
    var subject: String?
    var text: String?
    /// Nil where there are none.
    var media: [Medium]?

    struct Medium: Equatable, Sendable, Encodable {
        let url: String
    }

    static let longestSubject = 80
    private static let mostMedia = 20

    init(_ content: Content) {
        subject = content.subject
        text = content.text
        media = content.media.isEmpty ? nil : content.media.map { Medium(url: $0.url) }
    }

    /// Nil for what is not of this form.
    init?(text: String) {
        guard let json = JSONValue(text: text) else { return nil }
        do throws(InvalidRequest) {
            try self.init(json)
        } catch {
            return nil
        }
    }

    /// - Parameter isStrict: whether the media have to keep the rules.
    func content(isStrict: Bool) -> Content {
        Content(
            subject: subject, text: text, media: (media ?? []).map { Content.Medium(url: $0.url) },
            isStrict: isStrict)
    }

    /// What the text of an explicit message has to be.
    static let form =
        #"must be the text of {"subject": "…", "text": "…", "media": [{"url": "https://…"}]} with a text or media, "#
        + "a subject of at most \(longestSubject) characters and a text of at most \(MessageBody.longestText)"
}

extension MMSPayload: RequestBody {
    init?(_ members: RequestMembers) {
        let subject = members.shown("subject", atMost: Self.longestSubject).nonEmpty
        self.subject = subject.flatMap { subject in
            members.checked(at: "subject") { () throws(MalformedRequest) in
                try subject.checkedLine(of: "subject")
            }
        }
        text = members.shown("text", atMost: MessageBody.longestText).nonEmpty
        let media: [Medium] = members.values("media", count: 0...Self.mostMedia) ?? []
        self.media = media.isEmpty ? nil : media
        if text == nil, media.isEmpty { members.fault("must have a text or media") }
    }
}

extension MMSPayload.Medium: RequestBody {
    init?(_ members: RequestMembers) {
        guard let url = members.requiredURL("url") else { return nil }
        self.init(url: url)
    }
}
