/// Facts about a whole file of a known format, from its bytes alone, never from its name.
package struct MediaFacts: Sendable, Equatable {
    package var format: MediaFormat
    /// The size of the picture, or of the largest video track, as stored: a note on how to turn it is not looked at.
    package var size: PixelSize?
    /// Pictures in an animation; 1 for any other picture.
    package var frameCount: Int?
    /// Whether a picture has an alpha channel or a transparent colour.
    package var isTransparent: Bool
    /// The brands of an MP4, QuickTime or 3GPP file, the major one first. (ISO/IEC 14496-12, 4.3)
    package var brands: [String]
    /// How long a video lasts; nil where it does not say.
    package var duration: Duration?

    package init(
        _ format: MediaFormat, size: PixelSize? = nil, frameCount: Int? = nil, isTransparent: Bool = false,
        brands: [String] = [], duration: Duration? = nil
    ) {
        self.format = format
        self.size = size
        self.frameCount = frameCount
        self.isTransparent = isTransparent
        self.brands = brands
        self.duration = duration
    }

    package var isAnimated: Bool { frameCount.map { $0 > 1 } ?? false }

    /// The format, and those that the file is made for besides: a 3GPP film often is an MP4 too.
    package var formats: Set<MediaFormat> {
        Set([format] + brands.compactMap(ISOMedia.format(ofBrand:)))
    }
}

/// Width and height in pixels.
package struct PixelSize: Sendable, Equatable, CustomStringConvertible {
    package var width: Int
    package var height: Int

    package init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    package var shortSide: Int { min(width, height) }
    package var longSide: Int { max(width, height) }

    /// Whether it fits in the other size, upright or turned by a quarter.
    package func fits(in other: PixelSize) -> Bool {
        shortSide <= other.shortSide && longSide <= other.longSide
    }

    package var description: String { "\(width) x \(height)" }
}
