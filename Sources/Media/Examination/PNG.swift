/// A PNG file: a signature, then chunks of length, type, data and CRC from IHDR to IEND. (ISO/IEC 15948, 5)
enum PNG {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    static func facts(of file: [UInt8]) throws(Damage) -> MediaFacts {
        var reader = ByteReader(file)
        try reader.skip(signature.count)
        let header = try chunk(&reader)
        guard header.type == "IHDR" else { throw Damage() }
        var facts = try facts(inHeader: header.content)
        var hasPicture = false
        while true {
            let chunk = try chunk(&reader)
            switch chunk.type {
            case "IDAT": hasPicture = true
            case "tRNS": facts.isTransparent = true
            case "IEND":
                guard hasPicture else { throw Damage() }
                return facts
            default: break
            }
        }
    }

    private static func chunk(
        _ reader: inout ByteReader
    ) throws(Damage) -> (type: FourCharacterCode, content: ArraySlice<UInt8>) {
        let length = Int(try reader.number(UInt32.self))
        let checked = try reader.take(4 + length)
        var content = ByteReader(checked)
        let type = try FourCharacterCode(&content)
        let sum = try reader.number(UInt32.self)
        // A decoder may read on past a damaged chunk that is not critical: one whose type begins in lower case.
        guard type.beginsInLowerCase || CRC32.sum(of: checked) == sum else { throw Damage() }
        return (type, content.rest)
    }

    /// Width, height, bit depth, colour type; 4 and 6 are those with an alpha channel.
    private static func facts(inHeader content: ArraySlice<UInt8>) throws(Damage) -> MediaFacts {
        guard content.count == 13 else { throw Damage() }
        var reader = ByteReader(content)
        let width = Int(try reader.number(UInt32.self))
        let height = Int(try reader.number(UInt32.self))
        try reader.skip(1)
        let colourType = try reader.byte()
        guard (1...Int(Int32.max)).contains(width), (1...Int(Int32.max)).contains(height) else { throw Damage() }
        return MediaFacts(
            .png, size: PixelSize(width: width, height: height), frameCount: 1,
            isTransparent: colourType == 4 || colourType == 6)
    }
}

/// The CRC of PNG chunks, polynomial 04C11DB7 bit-reversed. (ISO/IEC 15948, Annex D)
enum CRC32 {
    static func sum(of bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(~0) { sum, byte in table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ sum >> 8 }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
    }
}
