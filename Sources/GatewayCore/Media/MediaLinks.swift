package import FoundationEssentials

/// Makes the addresses under which stored media can be downloaded.
package protocol MediaLinks: Sendable {
    /// - Parameter fileName: as the sender has it; it may be anything.
    func url(for media: StoredMedia, fileName: String, now: Date) -> String
}
