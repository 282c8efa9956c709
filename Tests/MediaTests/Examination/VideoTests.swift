import Testing

@testable import Media

@Suite("What the bytes of a video show")
struct VideoTests {
    private func facts(_ file: [UInt8]) -> MediaFacts? {
        if case .whole(let facts) = Examination(of: file) { facts } else { nil }
    }

    private let size = PixelSize(width: 640, height: 360)
    private let content = Specimen.box("mdat", [1, 2, 3])

    @Test("brand, size and duration are found")
    func plain() {
        #expect(
            facts(Specimen.mp4())
                == MediaFacts(.mp4, size: size, brands: ["isom", "mp42"], duration: .milliseconds(12_000)))
    }

    @Test("the film may be told of behind its content, and boxes may be long or reach to the end")
    func layouts() {
        let brands = Specimen.brands("isom", ["mp42"])
        let expected = facts(Specimen.mp4())

        #expect(facts(brands + content + Specimen.movie()) == expected)
        #expect(facts(brands + Specimen.longBox("mdat", [1, 2]) + Specimen.movie()) == expected)
        #expect(facts(brands + Specimen.movie() + [0, 0, 0, 0] + Array("mdat".utf8) + [1, 2]) == expected)
    }

    @Test("times of 64 bits are read, and no number is too large")
    func longTimes() {
        func film(_ scale: UInt32, _ units: UInt64) -> [UInt8] {
            let header = [1, 0, 0, 0] + Specimen.zeros(16) + Specimen.bigEndian(scale) + Specimen.bigEndian(units)
            return Specimen.brands("mp42") + Specimen.box("moov", Specimen.box("mvhd", header)) + content
        }

        #expect(facts(film(90_000, 90_000 * 31))?.duration == .seconds(31))
        #expect(facts(film(1, .max - 1))?.duration == .seconds(Int64.max))
        #expect(facts(film(.max, .max - 1)) != nil)
        #expect(facts(film(0, 5)).map(\.duration) == .some(nil))
        #expect(facts(film(1, .max)).map(\.duration) == .some(nil))
    }

    @Test("a film in fragments lasts as long as its box says, or nobody knows")
    func fragments() {
        let told = Specimen.box("mvex", Specimen.box("mehd", [0, 0, 0, 0] + Specimen.bigEndian(UInt32(7000))))
        func film(_ extra: [UInt8]) -> [UInt8] {
            Specimen.brands("iso5") + Specimen.movie(milliseconds: 0, extra: extra) + Specimen.box("moof", []) + content
        }

        #expect(facts(film(told))?.duration == .seconds(7))
        #expect(facts(film(Specimen.box("mvex", []))).map(\.duration) == .some(nil))
    }

    @Test("the size is that of the largest video track")
    func tracks() {
        let extra =
            Specimen.track(width: 1280, height: 720, handler: "vide")
            + Specimen.track(width: 4000, height: 3000, handler: "text")

        #expect(
            facts(Specimen.brands("mp42") + Specimen.movie(extra: extra) + content)?.size
                == PixelSize(width: 1280, height: 720))
        #expect(
            facts(Specimen.brands("mp42") + Specimen.movie(handler: "soun") + content).map(\.size) == .some(nil))
    }

    @Test(
        "the brands tell the format, and those besides it",
        arguments: [
            ("isom", [], [.mp4]), ("XAVC", [], [.mp4]), ("qt  ", [], [.quickTime]), ("3gp4", [], [.threeGPP]),
            ("3gp5", ["isom", "3gp4"], [.threeGPP, .mp4]), ("mp42", ["qt  "], [.mp4, .quickTime]),
        ] as [(String, [String], Set<MediaFormat>)])
    func brands(major: String, others: [String], formats: Set<MediaFormat>) {
        #expect(facts(Specimen.mp4(brand: major, others: others))?.formats == formats)
    }

    @Test("a QuickTime film from before there were brands is one")
    func withoutBrand() {
        #expect(facts(content + Specimen.movie())?.format == .quickTime)
    }

    @Test("pictures in boxes are no videos", arguments: ["heic", "mif1", "avif"])
    func others(brand: String) {
        #expect(Examination(of: Specimen.mp4(brand: brand)) == .unknown)
    }

    @Test("a film without its content, without its head or with a box too long is damaged")
    func damaged() {
        let brands = Specimen.brands("isom")
        let tooLong = Specimen.bigEndian(UInt32(1)) + Array("mdat".utf8) + Specimen.bigEndian(UInt64.max)

        for file in [
            brands + Specimen.movie(), brands + content, brands + Specimen.movie() + tooLong,
            brands + Specimen.movie() + content + [0, 0, 0], brands + [0, 0, 0, 7] + Array("mdat".utf8),
        ] {
            #expect(Examination(of: file) == .damaged(.mp4))
        }
    }
}
