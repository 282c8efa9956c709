package import FoundationEssentials
package import GatewayCore

/// The place where stored media can be downloaded, and for how long.
package struct MediaHost: MediaLinks {
    /// Without a slash at its end.
    package let publicURL: String
    package let keys: LinkKeys
    /// The time from the making of a link to its end.
    package let linkLife: Duration

    package init(publicURL: String, keys: LinkKeys, linkLife: Duration) {
        self.publicURL = publicURL
        self.keys = keys
        self.linkLife = linkLife
    }

    /// A link that is valid from now on for the life of a link. Whoever has it may download the media without any other
    /// check.
    ///
    /// - Parameter fileName: the sender's name for the file; characters that no file name can have are left out.
    package func url(for media: StoredMedia, fileName: String, now: Date) -> String {
        let name = FileName(cleaning: fileName)
        let link = MediaLink(
            hash: media.hash, contentType: DownloadForm.wellFormed(media.contentType),
            expiresAt: Int64((now + linkLife).timeIntervalSince1970.rounded(.up)))
        return "\(publicURL)/media/\(link.id(naming: name.text, keys.first))/\(name.pathSegment)"
    }
}
