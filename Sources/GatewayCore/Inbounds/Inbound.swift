package import FoundationEssentials

/// A message that a handset sent to one of our numbers.
package struct Inbound: Sendable, Equatable, Identifiable {
    package typealias ID = ULID

    package private(set) var id: ID
    /// Whose number it was sent to; nil where no customer has it, and the message is kept for the operator to look at.
    package private(set) var owner: Owner?
    /// The sender's number.
    package let from: String
    /// The number or short code it was sent to.
    package let to: String
    package let receivedAt: Date
    /// When it left the handset, if the MMSC says so.
    package let sentAt: Date?
    /// The customer's own name for the batch that it answers.
    package var reference: String?
    package let subject: String?
    /// All its text parts.
    package let text: String?
    package let media: [Medium]
    /// Other recipients that the handset names: their addresses are shown, and they get no copy.
    package let otherRecipients: [String]
    /// What the customer's API made of it; empty where that has nothing to give back.
    package var echo: Echo
    /// The trace of the post that brought it; messages from before have none.
    package var trace: Trace?

    package init(
        id: ID, owner: Owner?, from: String, to: String, receivedAt: Date, sentAt: Date? = nil,
        reference: String? = nil, subject: String? = nil, text: String? = nil, media: [Medium] = [],
        otherRecipients: [String] = [], echo: Echo = Echo(), trace: Trace? = nil
    ) {
        self.id = id
        self.owner = owner
        self.from = from
        self.to = to
        self.receivedAt = receivedAt
        self.sentAt = sentAt
        self.reference = reference
        self.subject = subject
        self.text = text
        self.media = media
        self.otherRecipients = otherRecipients
        self.echo = echo
        self.trace = trace
    }

    /// The same message as a copy for an owner.
    package func given(to owner: Owner, as id: ID) -> Inbound {
        var copy = self
        copy.id = id
        copy.owner = owner
        return copy
    }

    /// One picture, film or file.
    package struct Medium: Sendable, Hashable, Codable {
        package let contentType: String
        /// Its URL outside of the gateway; nil where it has none.
        package let url: String?
        /// What the gateway keeps of it. A link to that is made for each notification, because links expire; of a file
        /// that could not be uploaded none is made, and only the operator finds it.
        package let file: File?
        /// 0 where it can be downloaded, else why not: 1 the upload failed, 2 the bucket, 3 its key.
        package let code: Int

        package init(contentType: String, url: String?, code: Int = 0) {
            self.contentType = contentType
            self.url = url
            file = nil
            self.code = code
        }

        package init(_ media: StoredMedia, name: String) {
            self.init(
                contentType: media.contentType, url: nil,
                file: File(hash: media.hash, byteCount: media.byteCount, name: name), code: 0)
        }

        private init(contentType: String, url: String?, file: File?, code: Int) {
            self.contentType = contentType
            self.url = url
            self.file = file
            self.code = code
        }

        /// The medium after its upload.
        package func uploaded(to url: String) -> Medium { Medium(contentType: contentType, url: url) }

        /// The medium after an upload that failed: nobody but the operator gets the file.
        package func failed(code: Int) -> Medium {
            Medium(contentType: contentType, url: nil, file: file, code: code)
        }

        package struct File: Sendable, Hashable, Codable {
            /// The hash, as in `StoredMedia`.
            package let hash: String
            package let byteCount: Int
            /// The file's name, as the handset has it.
            package let name: String
        }

        /// The file in the data directory.
        package var stored: StoredMedia? {
            file.map { StoredMedia(hash: $0.hash, contentType: contentType, byteCount: $0.byteCount) }
        }
    }
}
