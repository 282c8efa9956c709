/// A kind of file that is known from its bytes.
package enum MediaFormat: String, Sendable, CaseIterable {
    case jpeg, png, gif, mp4, quickTime, threeGPP, vCard, pdf

    /// The names that a Content-Type may have for it, the usual one first.
    package var contentTypes: [String] {
        switch self {
        case .jpeg: ["image/jpeg"]
        case .png: ["image/png"]
        case .gif: ["image/gif"]
        case .mp4: ["video/mp4"]
        case .quickTime: ["video/quicktime"]
        case .threeGPP: ["video/3gpp", "video/3gpp2"]
        case .vCard: ["text/vcard", "text/x-vcard"]
        case .pdf: ["application/pdf"]
        }
    }

    /// As people call it: `JPEG`.
    package var name: String {
        switch self {
        case .jpeg: "JPEG"
        case .png: "PNG"
        case .gif: "GIF"
        case .mp4: "MP4"
        case .quickTime: "QuickTime"
        case .threeGPP: "3GPP"
        case .vCard: "vCard"
        case .pdf: "PDF"
        }
    }

    var isVideo: Bool { [.mp4, .quickTime, .threeGPP].contains(self) }

    /// The format that a file's first bytes show; the file need not be whole.
    package init?(startOf file: some Collection<UInt8>) {
        let head = Array(file.prefix(1024))
        if head.starts(with: JPEG.start) {
            self = .jpeg
        } else if head.starts(with: PNG.signature) {
            self = .png
        } else if GIF.signatures.contains(where: { head.starts(with: $0) }) {
            self = .gif
        } else if PDF.isStart(head) {
            self = .pdf
        } else if VCard.isStart(head) {
            self = .vCard
        } else if let format = ISOMedia.format(startOf: head) {
            self = format
        } else {
            return nil
        }
    }
}
