package import FoundationEssentials

/// A batch whose media has to be fetched.
package struct MediaTask: Sendable, Equatable, Identifiable {
    package let batch: Batch.ID
    package let url: String
    /// How often it was tried before.
    package let tries: Int
    package let expireAt: Date

    package var id: Batch.ID { batch }

    package init(batch: Batch.ID, url: String, tries: Int, expireAt: Date) {
        self.batch = batch
        self.url = url
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
