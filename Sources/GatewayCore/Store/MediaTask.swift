package import FoundationEssentials

/// A batch that has begun and is not ready to be sent: its media has to be fetched, if it has any.
package struct MediaTask: Sendable, Equatable, Identifiable {
    package let batch: Batch.ID
    /// Of the batch: an update in between may want another media.
    package let revision: Int
    /// Nil for a text that travels alone.
    package let url: String?
    /// Whether the media has to keep the rules of strict validation.
    package let isStrict: Bool
    /// How often it was tried before.
    package let tries: Int
    package let expireAt: Date

    package var id: Batch.ID { batch }

    package init(
        batch: Batch.ID, revision: Int = 0, url: String?, isStrict: Bool = false, tries: Int, expireAt: Date
    ) {
        self.batch = batch
        self.revision = revision
        self.url = url
        self.isStrict = isStrict
        self.tries = tries
        self.expireAt = expireAt
    }
}

/// Media in the data directory, named by what it is.
package struct StoredMedia: Sendable, Hashable {
    /// SHA-256 of the bytes, 64 hexadecimal digits in lower case.
    package let hash: String
    /// Without parameters, in lower case: `image/jpeg`.
    package let contentType: String
    package let byteCount: Int

    package init(hash: String, contentType: String, byteCount: Int) {
        self.hash = hash
        self.contentType = contentType
        self.byteCount = byteCount
    }
}
