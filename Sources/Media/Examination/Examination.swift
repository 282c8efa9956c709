/// What a look at a file's bytes shows. It takes one pass and time in proportion to the file.
package enum Examination: Sendable, Equatable {
    /// None of the formats that are known.
    case unknown
    /// It begins as a file of the format, but ends early or contradicts itself.
    case damaged(MediaFormat)
    case whole(MediaFacts)

    package init(of file: [UInt8]) {
        guard let format = MediaFormat(startOf: file) else {
            self = .unknown
            return
        }
        do {
            self = .whole(try Self.facts(of: file, as: format))
        } catch {
            self = .damaged(format)
        }
    }

    private static func facts(of file: [UInt8], as format: MediaFormat) throws(Damage) -> MediaFacts {
        switch format {
        case .jpeg: try JPEG.facts(of: file)
        case .png: try PNG.facts(of: file)
        case .gif: try GIF.facts(of: file)
        case .mp4, .quickTime, .threeGPP, .m4a: try ISOMedia.facts(of: file, as: format)
        case .vCard, .calendar: try VCard.facts(of: file, as: format)
        case .pdf: try PDF.facts(of: file)
        // Players take what there is of a sound.
        case .bmp, .webP, .mpeg, .webM, .mp3, .wav, .amr, .amrWB, .aac, .ogg, .midi, .flac: MediaFacts(format)
        }
    }
}
