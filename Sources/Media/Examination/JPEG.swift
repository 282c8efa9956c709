/// A JPEG file: segments, each begun by a marker, and coded picture data after each SOS. (ITU-T T.81, Annex B)
enum JPEG {
    /// SOI, and the first byte of the marker that has to follow.
    static let start: [UInt8] = [0xFF, 0xD8, 0xFF]

    static func facts(of file: [UInt8]) throws(Damage) -> MediaFacts {
        var reader = ByteReader(file)
        try reader.skip(2)
        var size: PixelSize?
        var hasPicture = false
        while true {
            switch try marker(&reader) {
            case 0xD9:  // EOI. Cameras put more behind it, which no viewer of a picture looks at.
                guard let size, hasPicture else { throw Damage() }
                return MediaFacts(.jpeg, size: size, frameCount: 1)
            case 0x01, 0xD0...0xD7:  // TEM and RSTn stand alone.
                continue
            case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:  // SOF; C4, C8 and CC are DHT, JPG and DAC.
                let frame = try frameSize(try segment(&reader))
                size = size ?? frame
            case 0xDA:  // SOS, whose coded data is passed over below.
                guard size != nil else { throw Damage() }
                _ = try segment(&reader)
                hasPicture = true
            case 0x00, 0xD8:
                throw Damage()
            default:
                _ = try segment(&reader)
            }
            if hasPicture { try skipCodedData(&reader) }
        }
    }

    /// The second byte of a marker; any number of FF may fill the space before it.
    private static func marker(_ reader: inout ByteReader) throws(Damage) -> UInt8 {
        guard try reader.byte() == 0xFF else { throw Damage() }
        var second = try reader.byte()
        while second == 0xFF { second = try reader.byte() }
        return second
    }

    /// The parameters of a segment; its length counts itself.
    private static func segment(_ reader: inout ByteReader) throws(Damage) -> ArraySlice<UInt8> {
        let length = Int(try reader.number(UInt16.self))
        return try reader.take(length - 2)
    }

    /// Sample precision, lines, samples a line. Lines that are given only by a DNL behind the first scan are taken for
    /// damage: they are next to unheard of, and handsets do not show them.
    private static func frameSize(_ parameters: ArraySlice<UInt8>) throws(Damage) -> PixelSize {
        var reader = ByteReader(parameters)
        try reader.skip(1)
        let height = Int(try reader.number(UInt16.self))
        let width = Int(try reader.number(UInt16.self))
        guard width > 0, height > 0 else { throw Damage() }
        return PixelSize(width: width, height: height)
    }

    /// Up to a marker. In coded data FF 00 stands for the byte FF, and RSTn divides it; FF may fill before either.
    private static func skipCodedData(_ reader: inout ByteReader) throws(Damage) {
        while true {
            try reader.skip(to: 0xFF)
            let fill = reader.rest.prefix { $0 == 0xFF }.count
            guard let second = reader.rest.dropFirst(fill).first else { throw Damage() }
            guard second == 0x00 || (0xD0...0xD7).contains(second) else { return }
            try reader.skip(fill + 1)
        }
    }
}
