@testable import Media

/// Files of a few hundred bytes, made here field by field. They are whole, and show next to nothing.
enum Specimen {
    static func bigEndian(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }

    // JPEG

    /// A segment with its marker and length.
    static func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
        [0xFF, marker] + bigEndian(UInt16(content.count + 2)) + content
    }

    /// One component of 8 bits.
    static func frame(_ marker: UInt8 = 0xC0, width: Int, height: Int) -> [UInt8] {
        segment(marker, [8] + bigEndian(UInt16(height)) + bigEndian(UInt16(width)) + [1, 1, 0x11, 0])
    }

    /// A scan with a stuffed FF and a restart in it.
    static let scan = segment(0xDA, [1, 1, 0, 0, 63, 0]) + [0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56]

    /// - Parameter extra: segments between the first and the frame.
    static func jpeg(width: Int = 480, height: Int = 640, marker: UInt8 = 0xC0, extra: [UInt8] = []) -> [UInt8] {
        [0xFF, 0xD8] + segment(0xE0, Array("JFIF\0".utf8) + [1, 2, 0, 0, 1, 0, 1, 0, 0]) + extra
            + frame(marker, width: width, height: height) + scan + [0xFF, 0xD9]
    }

    // PNG

    static func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
        let checked = Array(type.utf8) + content
        return bigEndian(UInt32(content.count)) + checked + bigEndian(CRC32.sum(of: checked))
    }

    static func png(width: Int = 480, height: Int = 640, colourType: UInt8 = 2, extra: [UInt8] = []) -> [UInt8] {
        PNG.signature
            + chunk("IHDR", bigEndian(UInt32(width)) + bigEndian(UInt32(height)) + [8, colourType, 0, 0, 0]) + extra
            + chunk("IDAT", [1, 2, 3]) + chunk("IEND", [])
    }

    // GIF

    static func gif(width: Int = 480, height: Int = 640, frames: Int = 1, isTransparent: Bool = false) -> [UInt8] {
        func little(_ number: Int) -> [UInt8] { bigEndian(UInt16(number).byteSwapped) }
        let control: [UInt8] = [0x21, 0xF9, 4, isTransparent ? 1 : 0, 10, 0, 0, 0]
        let picture = [0x2C] + little(0) + little(0) + little(width) + little(height) + [0, 2, 2, 0x4C, 0x01, 0]
        return Array("GIF89a".utf8) + little(width) + little(height) + [0x80, 0, 0] + [0, 0, 0, 255, 255, 255]
            + (0..<frames).flatMap { _ in control + picture } + [0x3B]
    }

    // MP4

    static func box(_ type: String, _ content: [UInt8]) -> [UInt8] {
        bigEndian(UInt32(content.count + 8)) + Array(type.utf8) + content
    }

    /// A box whose length takes 64 bits.
    static func longBox(_ type: String, _ content: [UInt8]) -> [UInt8] {
        bigEndian(UInt32(1)) + Array(type.utf8) + bigEndian(UInt64(content.count + 16)) + content
    }

    static func brands(_ major: String, _ others: [String] = []) -> [UInt8] {
        box("ftyp", Array(major.utf8) + [0, 0, 2, 0] + others.flatMap { Array($0.utf8) })
    }

    /// - Parameter extra: boxes behind the track.
    static func movie(
        milliseconds: UInt32 = 12_000, width: Int = 640, height: Int = 360, handler: String = "vide",
        extra: [UInt8] = []
    ) -> [UInt8] {
        let header = box("mvhd", zeros(12) + bigEndian(UInt32(1000)) + bigEndian(milliseconds) + zeros(80))
        return box("moov", header + track(width: width, height: height, handler: handler) + extra)
    }

    static func track(width: Int, height: Int, handler: String) -> [UInt8] {
        let size = bigEndian(UInt32(width) << 16) + bigEndian(UInt32(height) << 16)
        let media = box("mdia", box("hdlr", zeros(8) + Array(handler.utf8) + zeros(13)))
        return box("trak", box("tkhd", zeros(76) + size) + media)
    }

    static func mp4(
        brand: String = "isom", others: [String] = ["mp42"], milliseconds: UInt32 = 12_000, width: Int = 640,
        height: Int = 360, content: Int = 16
    ) -> [UInt8] {
        brands(brand, others) + movie(milliseconds: milliseconds, width: width, height: height)
            + box("mdat", zeros(content))
    }

    static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

    // Documents

    static let pdf = Array("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n".utf8)
    static let calendar = Array("BEGIN:VCALENDAR\r\nVERSION:1.0\r\nEND:VCALENDAR\r\n".utf8)
    static let wav = Array("RIFF".utf8) + [4, 0, 0, 0] + Array("WAVEfmt ".utf8)
    static let vCard = Array("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nEND:VCARD\r\n".utf8)

    /// One file of each kind.
    static let all: [(format: MediaFormat, file: [UInt8])] = [
        (.jpeg, jpeg()), (.png, png()), (.gif, gif(frames: 2)), (.mp4, mp4()),
        (.quickTime, mp4(brand: "qt  ", others: [])), (.threeGPP, mp4(brand: "3gp5", others: [])),
        (.vCard, vCard), (.pdf, pdf),
    ]
}

/// The same numbers for the same seed. (SplitMix64)
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
