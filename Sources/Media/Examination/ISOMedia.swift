/// MP4, QuickTime and 3GPP: files of boxes within boxes, in nearly any order. (ISO/IEC 14496-12, 4.2)
enum ISOMedia {
    static func facts(of file: [UInt8], as format: MediaFormat) throws(Damage) -> MediaFacts {
        var facts = MediaFacts(format)
        var movie: Movie?
        var hasContent = false
        let left = try ISOBox.walk(file[...]) { box throws(Damage) in
            switch box.type {
            case "ftyp": facts.brands = try brands(in: box.content)
            case "moov": movie = try Movie(in: box.content)
            case "mdat": hasContent = true
            default: break
            }
        }
        // A file that was cut within the head of a box is not whole, whatever was read before.
        guard left == 0, hasContent, let movie else { throw Damage() }
        facts.size = movie.size
        facts.duration = movie.duration
        return facts
    }

    /// The format that the first box shows. Old QuickTime files, without brands, begin with another box.
    static func format(startOf head: [UInt8]) -> MediaFormat? {
        guard head.count >= 8 else { return nil }
        switch String(decoding: head[4..<8], as: UTF8.self) {
        case "ftyp" where head.count >= 12:
            let brand = String(decoding: head[8..<12], as: UTF8.self)
            // Most makers of cameras have a brand of their own.
            return format(ofBrand: brand) ?? (otherBrands.contains(brand) ? nil : .mp4)
        case "moov", "mdat", "wide", "pnot", "free", "skip":
            return .quickTime
        default:
            return nil
        }
    }

    /// Nil for a brand that does not determine the format.
    static func format(ofBrand brand: String) -> MediaFormat? {
        if brand == "qt  " { return .quickTime }
        if brand.hasPrefix("3g") { return .threeGPP }
        if ["M4A ", "M4B ", "M4P "].contains(brand) { return .m4a }
        let isMP4 = mp4Brands.contains(brand) || brand.hasPrefix("iso")
        return isMP4 ? .mp4 : nil
    }

    private static let mp4Brands: Set<String> = ["M4V ", "M4VH", "M4VP", "avc1", "mp41", "mp42", "mp71"]

    /// Pictures (HEIF, AVIF, JPEG 2000, raw) in boxes.
    private static let otherBrands: Set<String> = [
        "avif", "avis", "crx ", "heic", "heim", "heis", "heix", "hevc", "hevx", "jp2 ", "mif1",
        "msf1",
    ]

    /// The major brand, its version, and the compatible brands, of which no file has more than a handful.
    private static func brands(in content: ArraySlice<UInt8>) throws(Damage) -> [String] {
        var reader = ByteReader(content)
        var brands = [String(decoding: try reader.take(4), as: UTF8.self)]
        try reader.skip(4)
        while reader.count >= 4, brands.count < 32 {
            brands.append(String(decoding: try reader.take(4), as: UTF8.self))
        }
        return brands
    }
}

/// A box, without its length and type.
struct ISOBox {
    let type: FourCharacterCode
    let content: ArraySlice<UInt8>

    /// Visits the boxes that fill the space, and returns how many bytes are left behind them, too few for one more.
    ///
    /// - Throws: `Damage` when a box is longer than the space around it.
    @discardableResult
    static func walk(
        _ space: ArraySlice<UInt8>, _ visit: (ISOBox) throws(Damage) -> Void
    ) throws(Damage) -> Int {
        var reader = ByteReader(space)
        while reader.count >= 8 { try visit(try ISOBox(&reader)) }
        return reader.count
    }

    private init(_ reader: inout ByteReader) throws(Damage) {
        let length = UInt64(try reader.number(UInt32.self))
        type = try FourCharacterCode(&reader)
        switch length {
        case 0: content = try reader.take(reader.count)  // to the end
        case 1: content = try Self.content(try reader.number(UInt64.self), head: 16, &reader)
        default: content = try Self.content(length, head: 8, &reader)
        }
    }

    /// - Parameter length: of the whole box, its head included.
    private static func content(
        _ length: UInt64, head: Int, _ reader: inout ByteReader
    ) throws(Damage) -> ArraySlice<UInt8> {
        guard let length = Int(exactly: length) else { throw Damage() }
        return try reader.take(length - head)
    }
}
