package import FoundationEssentials

/// Makes the addresses under which stored media can be downloaded.
package protocol MediaLinks: Sendable {
    /// - Parameter fileName: as the sender has it; it may be anything.
    func url(for media: StoredMedia, fileName: String, now: Date) -> String
}

extension MediaLinks {
    /// Where what came in can be downloaded from now on: outside of the gateway, else under a link to what it keeps.
    package func url(of medium: Inbound.Medium, now: Date) -> String? {
        if let url = medium.url { return url }
        guard let file = medium.file, let stored = medium.stored else { return nil }
        return url(for: stored, fileName: file.name, now: now)
    }
}
