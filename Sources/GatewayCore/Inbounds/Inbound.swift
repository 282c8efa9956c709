package import FoundationEssentials

/// A message that a handset sent to one of our numbers.
package struct Inbound: Sendable, Equatable, Identifiable {
    package typealias ID = ULID

    package let id: ID
    package let owner: Owner
    /// The sender's number.
    package let from: String
    /// The number or short code it was sent to.
    package let to: String
    package let receivedAt: Date
    /// When it left the handset, if the MMSC says so.
    package let sentAt: Date?
    /// Reference of the message that it answers.
    package let clientReference: String?
    package let subject: String?
    /// All its text parts.
    package let text: String?
    package let media: [Medium]

    package init(
        id: ID, owner: Owner, from: String, to: String, receivedAt: Date, sentAt: Date? = nil,
        clientReference: String? = nil, subject: String? = nil, text: String? = nil, media: [Medium] = []
    ) {
        self.id = id
        self.owner = owner
        self.from = from
        self.to = to
        self.receivedAt = receivedAt
        self.sentAt = sentAt
        self.clientReference = clientReference
        self.subject = subject
        self.text = text
        self.media = media
    }

    /// One picture, film or file.
    package struct Medium: Sendable, Hashable, Codable {
        package let contentType: String
        /// Where it can be downloaded; nil when it could not be put there.
        package let url: String?
        /// 0 where it can, else why not: 1 the upload failed, 2 the bucket, 3 its key.
        package let code: Int

        package init(contentType: String, url: String?, code: Int = 0) {
            self.contentType = contentType
            self.url = url
            self.code = code
        }
    }
}
