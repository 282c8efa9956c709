package import FoundationEssentials
package import GatewayCore

/// Where stored media can be downloaded, and for how long.
package struct MediaHost: MediaLinks {
    /// Without a slash at its end.
    package let publicURL: String
    package let keys: LinkKeys
    /// From the making of a link to its end.
    package let linkLife: Duration

    package init(publicURL: String, keys: LinkKeys, linkLife: Duration) {
        self.publicURL = publicURL
        self.keys = keys
        self.linkLife = linkLife
    }

    /// A link that is good from now on for as long as links live. Who has it may download the media: nothing else is
    /// asked for.
    ///
    /// - Parameter fileName: as the sender has it; what cannot be in a file's name is left out of it.
    package func url(for media: StoredMedia, fileName: String, now: Date) -> String {
        let name = FileName(cleaning: fileName)
        let link = MediaLink(
            hash: media.hash, contentType: DownloadForm.wellFormed(media.contentType),
            expiresAt: Int64((now + linkLife).timeIntervalSince1970.rounded(.up)))
        return "\(publicURL)/media/\(link.id(naming: name.text, keys.first))/\(name.pathSegment)"
    }
}
