/// A GIF file: a screen, then pictures and extensions in blocks up to the trailer. (GIF89a specification, 17 to 27)
enum GIF {
    static let signatures = [Array("GIF87a".utf8), Array("GIF89a".utf8)]

    static func facts(of file: [UInt8]) throws(Damage) -> MediaFacts {
        var reader = ByteReader(file)
        try reader.skip(6)
        var size = try screen(&reader)
        var isTransparent = false
        var frameCount = 0
        while true {
            switch try reader.byte() {
            case 0x21:
                let isControl = try reader.byte() == 0xF9
                let first = try subblocks(&reader)
                if isControl, let flags = first?.first, flags & 1 == 1 { isTransparent = true }
            case 0x2C:
                let reach = try picture(&reader)
                frameCount += 1
                // Viewers make room for a picture that reaches beyond the screen, which some programs leave at 0 x 0.
                size = PixelSize(width: max(size.width, reach.width), height: max(size.height, reach.height))
            case 0x3B:
                guard frameCount > 0, size.shortSide > 0 else { throw Damage() }
                return MediaFacts(.gif, size: size, frameCount: frameCount, isTransparent: isTransparent)
            default:
                throw Damage()
            }
        }
    }

    /// Width, height, flags, background, aspect ratio, colours.
    private static func screen(_ reader: inout ByteReader) throws(Damage) -> PixelSize {
        let size = try size(&reader)
        let flags = try reader.byte()
        try reader.skip(2)
        try skipColours(flags, &reader)
        return size
    }

    /// Passes over a picture and returns how far right and down it reaches.
    private static func picture(_ reader: inout ByteReader) throws(Damage) -> PixelSize {
        let corner = try size(&reader)
        let size = try size(&reader)
        let flags = try reader.byte()
        try skipColours(flags, &reader)
        try reader.skip(1)  // the code size of the LZW data
        guard try subblocks(&reader) != nil else { throw Damage() }
        return PixelSize(width: corner.width + size.width, height: corner.height + size.height)
    }

    private static func size(_ reader: inout ByteReader) throws(Damage) -> PixelSize {
        let width = Int(try reader.littleEndianNumber(UInt16.self))
        let height = Int(try reader.littleEndianNumber(UInt16.self))
        return PixelSize(width: width, height: height)
    }

    /// The top bit says that there is a colour table, the low three how long it is: 2 to 256 colours of three bytes.
    private static func skipColours(_ flags: UInt8, _ reader: inout ByteReader) throws(Damage) {
        if flags & 0x80 != 0 { try reader.skip(3 << (Int(flags & 7) + 1)) }
    }

    /// Passes over sub-blocks and their terminator, and returns the first; nil when there was none.
    private static func subblocks(_ reader: inout ByteReader) throws(Damage) -> ArraySlice<UInt8>? {
        var first: ArraySlice<UInt8>?
        while case let length = Int(try reader.byte()), length > 0 {
            let block = try reader.take(length)
            first = first ?? block
        }
        return first
    }
}
