import Crypto
import GatewayCore

/// What is to be put into a bucket.
package struct StorageObject: Sendable {
    /// The content, segment by segment.
    package let segments: [ArraySlice<UInt8>]
    /// SHA-256 of all segments, 64 hexadecimal digits in lower case. It is signed, and the storage compares: content
    /// that has changed since it was hashed is refused.
    package let hash: String
    package let contentType: String

    init(segments: [ArraySlice<UInt8>], hash: String, contentType: String) {
        self.segments = segments
        self.hash = hash
        self.contentType = contentType
    }

    /// Hashes the content.
    package init(segments: [ArraySlice<UInt8>], contentType: String) {
        var hash = SHA256()
        for segment in segments {
            segment.withUnsafeBytes { hash.update(bufferPointer: $0) }
        }
        self.init(segments: segments, hash: hash.finalize().hexadecimal, contentType: contentType)
    }
}
