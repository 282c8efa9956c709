/// A kind of file that is known from its bytes, and that handsets show, play or save.
package enum MediaFormat: String, Sendable, CaseIterable {
    case jpeg, png, gif, bmp, webP
    case mp4, quickTime, threeGPP, mpeg, webM
    case mp3, wav, amr, amrWB, m4a, aac, ogg, midi, flac
    case vCard, calendar, pdf

    /// The names that a Content-Type may have for it, the usual one first.
    package var contentTypes: [String] {
        switch self {
        case .jpeg: ["image/jpeg"]
        case .png: ["image/png"]
        case .gif: ["image/gif"]
        case .bmp: ["image/bmp"]
        case .webP: ["image/webp"]
        case .mp4: ["video/mp4"]
        case .quickTime: ["video/quicktime"]
        case .threeGPP: ["video/3gpp", "video/3gpp2"]
        case .mpeg: ["video/mpeg"]
        case .webM: ["video/webm", "audio/webm"]
        case .mp3: ["audio/mpeg"]
        case .wav: ["audio/wav"]
        case .amr: ["audio/amr"]
        case .amrWB: ["audio/amr-wb", "audio/amr-wb+"]
        case .m4a: ["audio/mp4"]
        case .aac: ["audio/aac"]
        case .ogg: ["audio/ogg"]
        case .midi: ["audio/midi", "audio/sp-midi"]
        case .flac: ["audio/flac"]
        case .vCard: ["text/vcard", "text/x-vcard"]
        case .calendar: ["text/calendar", "text/x-vcalendar"]
        case .pdf: ["application/pdf"]
        }
    }

    /// The usual name, such as `JPEG`.
    package var name: String {
        switch self {
        case .jpeg: "JPEG"
        case .png: "PNG"
        case .gif: "GIF"
        case .bmp: "BMP"
        case .webP: "WebP"
        case .mp4: "MP4"
        case .quickTime: "QuickTime"
        case .threeGPP: "3GPP"
        case .mpeg: "MPEG"
        case .webM: "WebM"
        case .mp3: "MP3"
        case .wav: "WAV"
        case .amr: "AMR"
        case .amrWB: "AMR-WB"
        case .m4a: "M4A"
        case .aac: "AAC"
        case .ogg: "Ogg"
        case .midi: "MIDI"
        case .flac: "FLAC"
        case .vCard: "vCard"
        case .calendar: "iCalendar"
        case .pdf: "PDF"
        }
    }

    /// Whether it is a film in boxes, where only a look at the tracks tells sounds and pictures apart.
    var isVideo: Bool { [.mp4, .quickTime, .threeGPP, .m4a].contains(self) }

    /// Whether every file of it is known from its first bytes. Of the others some are not: an MP3 may begin anywhere.
    var isAlwaysKnown: Bool {
        switch self {
        case .jpeg, .png, .gif, .bmp, .webP, .wav, .amr, .amrWB, .ogg, .midi, .flac, .webM, .vCard, .calendar, .pdf:
            true
        case .mp4, .quickTime, .threeGPP, .m4a, .mpeg, .mp3, .aac: false
        }
    }

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
        } else if VCard.isStart(head, of: "vcalendar") {
            self = .calendar
        } else if let format = FileSignature.format(of: head) ?? ISOMedia.format(startOf: head) {
            self = format
        } else {
            return nil
        }
    }
}
