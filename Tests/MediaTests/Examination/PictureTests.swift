import Testing

@testable import Media

@Suite("What the bytes of a picture show")
struct PictureTests {
    @Test("every SOF tells the size of a JPEG", arguments: [0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC7, 0xC9, 0xCF] as [UInt8])
    func startOfFrame(marker: UInt8) {
        let file = Specimen.jpeg(width: 3, height: 700, marker: marker)

        #expect(
            Examination(of: file)
                == .whole(MediaFacts(.jpeg, size: PixelSize(width: 3, height: 700), frameCount: 1)))
    }

    @Test("a thumbnail, tables and fill bytes before the frame are passed over")
    func segmentsBefore() {
        let thumbnail = Specimen.segment(0xE1, Specimen.jpeg(width: 160, height: 120))
        let tables = [0xC4, 0xC8, 0xCC].flatMap { Specimen.segment($0, [8, 0, 9, 0, 9, 1, 1, 0x11, 0]) }
        let file = Specimen.jpeg(width: 640, height: 480, extra: thumbnail + tables + [0xFF, 0xFF])

        #expect(
            Examination(of: file)
                == .whole(MediaFacts(.jpeg, size: PixelSize(width: 640, height: 480), frameCount: 1)))
    }

    @Test("a JPEG of several scans is whole, and what a camera puts behind it is not looked at")
    func scans() {
        let progressive =
            [0xFF, 0xD8] + Specimen.frame(0xC2, width: 8, height: 8) + Specimen.scan
            + Specimen.segment(0xC4, [0]) + Specimen.scan + [0xFF, 0xFF, 0xD9, 1, 2, 3]

        #expect(
            Examination(of: progressive)
                == .whole(MediaFacts(.jpeg, size: PixelSize(width: 8, height: 8), frameCount: 1)))
    }

    @Test(
        "a JPEG that contradicts itself is damaged",
        arguments: [
            [0xFF, 0xD8, 0xFF, 0xD9],  // no frame
            [0xFF, 0xD8] + Specimen.scan + [0xFF, 0xD9],  // a scan without a frame
            [0xFF, 0xD8] + Specimen.frame(width: 8, height: 8) + [0xFF, 0xD9],  // a frame without a scan
            Specimen.jpeg(width: 0), Specimen.jpeg(height: 0),
            [0xFF, 0xD8, 0xFF, 0xE0, 0, 1] + Specimen.jpeg(),  // a segment shorter than its own length
            [0xFF, 0xD8, 0xFF, 0xD8] + Specimen.jpeg(),
        ] as [[UInt8]])
    func damagedJPEG(file: [UInt8]) {
        #expect(Examination(of: file) == .damaged(.jpeg))
    }

    @Test(
        "a PNG is transparent by its colour type or by tRNS",
        arguments: [(0, false), (2, false), (3, false), (4, true), (6, true)] as [(UInt8, Bool)])
    func transparency(colourType: UInt8, isTransparent: Bool) {
        let size = PixelSize(width: 480, height: 640)

        #expect(
            Examination(of: Specimen.png(colourType: colourType))
                == .whole(MediaFacts(.png, size: size, frameCount: 1, isTransparent: isTransparent)))
        #expect(
            Examination(of: Specimen.png(colourType: colourType, extra: Specimen.chunk("tRNS", [0])))
                == .whole(MediaFacts(.png, size: size, frameCount: 1, isTransparent: true)))
    }

    @Test("a changed byte in a PNG's picture is found, one in a chunk that is not critical is passed over")
    func checksums() {
        #expect(CRC32.sum(of: "123456789".utf8) == 0xCBF4_3926)
        var picture = Specimen.png()
        var text = Specimen.png(extra: Specimen.chunk("tEXt", [1, 2, 3]))

        picture[picture.count - 19] ^= 1
        text[text.count - 36] ^= 1

        #expect(Examination(of: picture) == .damaged(.png))
        #expect(Examination(of: text) == Examination(of: Specimen.png()))
    }

    @Test("a PNG without a picture, of no size or with another first chunk is damaged")
    func damagedPNG() {
        let end = Specimen.chunk("IEND", [])
        let header = Specimen.chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])

        #expect(Examination(of: PNG.signature + header + end) == .damaged(.png))
        #expect(Examination(of: PNG.signature + Specimen.chunk("IDAT", [1]) + end) == .damaged(.png))
        #expect(Examination(of: Specimen.png(width: 0)) == .damaged(.png))
        #expect(Examination(of: Specimen.png(height: 1 << 31)) == .damaged(.png))
    }

    @Test("the pictures of a GIF are counted", arguments: [1, 2, 40])
    func frames(count: Int) {
        #expect(
            Examination(of: Specimen.gif(width: 300, height: 20, frames: count, isTransparent: true))
                == .whole(
                    MediaFacts(
                        .gif, size: PixelSize(width: 300, height: 20), frameCount: count, isTransparent: true)))
    }

    @Test("a GIF whose screen has no size has that of its pictures; one without pictures is damaged")
    func screen() {
        var file = Specimen.gif(width: 300, height: 20)
        file.replaceSubrange(6..<10, with: [0, 0, 0, 0])

        #expect(Examination(of: file) == Examination(of: Specimen.gif(width: 300, height: 20)))
        #expect(Examination(of: Specimen.gif(frames: 0)) == .damaged(.gif))
    }
}
