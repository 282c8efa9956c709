import Testing

@testable import Media

@Suite("The rules of strict validation")
struct StrictRulesTests {
    private let rules = StrictRules()

    private func padded(_ file: [UInt8], to count: Int) -> [UInt8] {
        file + Specimen.zeros(count - file.count)
    }

    private func video(_ bytes: Int) -> [UInt8] {
        Specimen.mp4(content: bytes - Specimen.mp4(content: 0).count)
    }

    @Test("one file of each format that is allowed passes", arguments: Specimen.all)
    func passes(format: MediaFormat, file: [UInt8]) {
        for contentType in format.contentTypes where format != .threeGPP {
            #expect(rules.fault(in: file, contentType: contentType) == nil)
        }
    }

    @Test(
        "a type that is not allowed is named, and those that are",
        arguments: ["application/octet-stream", "audio/mpeg", "image/jpg", "video/3gpp"])
    func types(contentType: String) {
        #expect(
            rules.fault(in: Specimen.jpeg(), contentType: contentType)
                == """
                the Content-Type may be image/jpeg, image/png, image/gif, video/mp4, video/quicktime, text/vcard, \
                text/x-vcard, application/pdf, it is \(contentType)
                """)
    }

    @Test("the types are the configuration's")
    func otherTypes() {
        var rules = rules
        rules.formats = [.threeGPP]
        let film = Specimen.mp4(brand: "3gp5", others: [])

        #expect(rules.fault(in: film, contentType: "video/3gpp") == nil)
        #expect(
            rules.fault(in: film, contentType: "video/mp4")
                == "the Content-Type may be video/3gpp, video/3gpp2, it is video/mp4")
    }

    @Test("a long type is cut in the answer")
    func longType() throws {
        let fault = try #require(rules.fault(in: [], contentType: "a/" + String(repeating: "b", count: 9000)))

        #expect(fault.utf8.count < 300)
    }

    @Test(
        "the content decides what a file is",
        arguments: [
            (Specimen.jpeg(), "image/png", "JPEG"), (Specimen.mp4(), "image/gif", "MP4"),
            (Specimen.mp4(brand: "qt  ", others: []), "video/mp4", "QuickTime"),
            (Specimen.mp4(brand: "3gp5", others: []), "video/mp4", "3GPP"),
            (Array("<html>".utf8), "image/jpeg", "of no known type"),
            (Array(Specimen.png().prefix(30)), "image/jpeg", "PNG"),
        ])
    func mismatch(file: [UInt8], contentType: String, content: String) {
        #expect(
            rules.fault(in: file, contentType: contentType)
                == "the Content-Type has to be that of the content, it is \(contentType) and the content is \(content)")
    }

    @Test("a film may have the type of any of its brands")
    func brands() {
        #expect(rules.fault(in: Specimen.mp4(brand: "3gp5", others: ["isom"]), contentType: "video/mp4") == nil)
    }

    @Test("a file that was cut is told so")
    func cut() {
        #expect(
            rules.fault(in: Array(Specimen.jpeg().dropLast()), contentType: "image/jpeg")
                == "the file has to be whole, this JPEG ends early or is damaged")
    }

    @Test("a picture may have 740 kB")
    func pictureBytes() {
        #expect(rules.fault(in: padded(Specimen.jpeg(), to: 740_000), contentType: "image/jpeg") == nil)
        #expect(
            rules.fault(in: padded(Specimen.jpeg(), to: 740_001), contentType: "image/jpeg")
                == "a JPEG may be at most 740 kB, this one has 741 kB")
        #expect(
            rules.fault(in: padded(Specimen.png(), to: 812_000), contentType: "image/png")
                == "a PNG may be at most 740 kB, this one has 812 kB")
    }

    @Test("a GIF may have 600 kB when it moves, 740 kB when it stands still")
    func animationBytes() {
        #expect(rules.fault(in: padded(Specimen.gif(frames: 2), to: 600_000), contentType: "image/gif") == nil)
        #expect(rules.fault(in: padded(Specimen.gif(frames: 1), to: 740_000), contentType: "image/gif") == nil)
        #expect(
            rules.fault(in: padded(Specimen.gif(frames: 2), to: 600_001), contentType: "image/gif")
                == "an animated GIF may be at most 600 kB, this one has 601 kB")
    }

    @Test("a video may have 740 kB")
    func videoBytes() {
        #expect(rules.fault(in: video(740_000), contentType: "video/mp4") == nil)
        #expect(
            rules.fault(in: video(740_001), contentType: "video/mp4")
                == "a video may be at most 740 kB, this one has 741 kB")
    }

    @Test("any other file may have 1 MB")
    func fileBytes() {
        let start = Array(Specimen.pdf.prefix(9))
        let end = Array(Specimen.pdf.dropFirst(9))

        #expect(rules.fault(in: padded(start, to: 1_000_000 - end.count) + end, contentType: "application/pdf") == nil)
        #expect(
            rules.fault(in: padded(start, to: 1_000_001 - end.count) + end, contentType: "application/pdf")
                == "a PDF may be at most 1 MB, this one has 1001 kB")
    }

    @Test("the limit of any file is that of pictures and videos too, and figures that are not round are told in bytes")
    func smallerLimit() {
        var rules = rules
        rules.fileBytes = 150

        #expect(
            rules.fault(in: padded(Specimen.jpeg(), to: 151), contentType: "image/jpeg")
                == "a JPEG may be at most 150 bytes, this one has 151 bytes")
    }

    @Test("a picture may have 1080 x 1920 pixels, upright or lying")
    func pictureSize() {
        func fault(_ width: Int, _ height: Int) -> String? {
            rules.fault(in: Specimen.jpeg(width: width, height: height), contentType: "image/jpeg")
        }

        #expect(fault(1080, 1920) == nil)
        #expect(fault(1920, 1080) == nil)
        #expect(fault(1080, 1080) == nil)
        #expect(
            fault(1081, 1921) == "a JPEG may be at most 1080 x 1920 pixels, upright or lying, this one has 1081 x 1921")
        #expect(fault(1081, 1081) != nil)
        #expect(fault(1921, 10) != nil)
        #expect(rules.fault(in: Specimen.png(width: 4032, height: 3024), contentType: "image/png") != nil)
        #expect(rules.fault(in: Specimen.gif(width: 1080, height: 1920), contentType: "image/gif") == nil)
    }

    @Test(
        "an animated GIF may have the shapes that are recommended",
        arguments: [(480, 720, true), (480, 640, true), (640, 640, true), (641, 641, false), (480, 721, false)])
    func animationSize(width: Int, height: Int, passes: Bool) {
        let fault = rules.fault(in: Specimen.gif(width: width, height: height, frames: 2), contentType: "image/gif")

        #expect((fault == nil) == passes)
    }

    @Test("a video may have 1280 x 720 pixels; one that does not tell passes")
    func videoSize() {
        #expect(rules.fault(in: Specimen.mp4(width: 640, height: 1138), contentType: "video/mp4") == nil)
        #expect(rules.fault(in: Specimen.mp4(width: 0, height: 0), contentType: "video/mp4") == nil)
        #expect(
            rules.fault(in: Specimen.mp4(width: 1920, height: 1080), contentType: "video/mp4")
                == "a video may be at most 1280 x 720 pixels, upright or lying, this one has 1920 x 1080")
    }

    @Test("a video may last 30 seconds, in high definition 20; one that does not tell passes")
    func duration() {
        func fault(_ milliseconds: UInt32, _ width: Int, _ height: Int) -> String? {
            rules.fault(
                in: Specimen.mp4(milliseconds: milliseconds, width: width, height: height), contentType: "video/mp4")
        }

        #expect(fault(30_000, 640, 360) == nil)
        #expect(fault(20_000, 1280, 720) == nil)
        #expect(fault(0, 1280, 720) == nil)
        #expect(fault(30_001, 640, 360) == "a video may last at most 30 s, this one lasts 30.1 s")
        #expect(
            fault(20_500, 720, 1280)
                == "a video with a short side of 720 pixels may last at most 20 s, this one lasts 20.5 s")
        #expect(fault(.max - 1, 640, 360) == "a video may last at most 30 s, this one lasts 4294967.3 s")
    }

    @Test("transparency is advice and no rule")
    func transparency() {
        #expect(rules.fault(in: Specimen.png(colourType: 6), contentType: "image/png") == nil)
        #expect(rules.fault(in: Specimen.gif(isTransparent: true), contentType: "image/gif") == nil)
    }
}
