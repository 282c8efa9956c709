import Testing

@testable import Media

@Suite("What a file is sent as")
struct JudgementTests {
    private func type(_ file: [UInt8], _ declared: String) throws -> String {
        try Judgement(of: file, declared: declared).contentType
    }

    private func refusal(_ file: [UInt8], _ declared: String) -> String? {
        do {
            _ = try Judgement(of: file, declared: declared)
            return nil
        } catch {
            return error.isTemporary ? "temporary" : error.reason
        }
    }

    @Test(
        "other names of a type are sent as the registered one",
        arguments: [
            ("image/jpg", "image/jpeg", Specimen.jpeg()), ("image/pjpeg", "image/jpeg", Specimen.jpeg()),
            ("Image/JPG; q=1", "image/jpeg", Specimen.jpeg()), ("image/x-png", "image/png", Specimen.png()),
            ("video/3gp", "video/3gpp", Specimen.mp4(brand: "3gp5", others: [])),
            ("video/x-mp4", "video/mp4", Specimen.mp4()), ("application/mp4", "video/mp4", Specimen.mp4()),
            ("video/x-m4v", "video/mp4", Specimen.mp4(brand: "M4V ", others: [])),
            ("audio/mp3", "audio/mpeg", Array("ID3\u{3}".utf8)), ("audio/x-wav", "audio/wav", Specimen.wav),
            ("audio/vnd.wave", "audio/wav", Specimen.wav), ("audio/x-amr", "audio/amr", Array("#!AMR\n".utf8)),
            ("audio/amr-wb", "audio/amr-wb", Array("#!AMR-WB\n".utf8)),
            ("application/ogg", "audio/ogg", Array("OggS\0".utf8)), ("audio/x-midi", "audio/midi", Array("MThd".utf8)),
            ("audio/sp-midi", "audio/sp-midi", Array("MThd".utf8)),
            (
                "audio/x-m4a", "audio/mp4",
                Specimen.brands("M4A ") + Specimen.movie(handler: "soun") + Specimen.box("mdat", [1])
            ),
            ("application/x-pdf", "application/pdf", Specimen.pdf), ("text/directory", "text/vcard", Specimen.vCard),
            ("text/x-vcard", "text/x-vcard", Specimen.vCard),
            ("text/x-vCalendar", "text/x-vcalendar", Specimen.calendar),
        ])
    func registered(declared: String, expected: String, file: [UInt8]) throws {
        #expect(try type(file, declared) == expected)
    }

    @Test(
        "a type that says next to nothing is that of the octets",
        arguments: ["image/*", "*/*", "image/unknown", "application/octet-stream", "binary/octet-stream"])
    func vague(declared: String) throws {
        #expect(try type(Specimen.png(), declared) == "image/png")
        #expect(refusal(Array("#!/bin/sh\n".utf8), declared)?.hasSuffix("and the content is plain text") == true)
    }

    @Test("a sound that is only called a sound is one, also in the box of a film")
    func vagueSounds() throws {
        let film = Specimen.brands("isom") + Specimen.movie(handler: "soun") + Specimen.box("mdat", [1])

        #expect(try type(film, "audio/*") == "audio/mp4")
        #expect(try type(film, "video/*") == "video/mp4")
        #expect(try type([0xFF, 0xFB, 0x90, 0x64], "audio/*") == "audio/mpeg")
    }

    @Test(
        "media under the type of other media is sent as what it is",
        arguments: [
            (Specimen.png(), "image/jpeg", "image/png"), (Specimen.gif(), "image/jpeg", "image/gif"),
            (Specimen.jpeg(), "image/png", "image/jpeg"), (Specimen.mp4(), "video/quicktime", "video/mp4"),
            (Specimen.pdf, "image/jpeg", "application/pdf"), (Specimen.vCard, "text/plain", "text/vcard"),
            (Specimen.jpeg(), "text/html", "image/jpeg"), (Specimen.jpeg(), "text/plain", "image/jpeg"),
            (Specimen.png(), "image/svg+xml", "image/png"),
            (Array("RIFF\u{4}\0\0\0WEBPVP8 ".utf8), "image/jpeg", "image/webp"),
        ])
    func contradicted(file: [UInt8], declared: String, expected: String) throws {
        #expect(try type(file, declared) == expected)
    }

    @Test(
        "what is no media is refused with what was found",
        arguments: [
            ("<!DOCTYPE html><title>Log in</title>", "image/jpeg", "an HTML page"),
            ("\n <html><body>404", "image/png", "an HTML page"), (#"{"error":"gone"}"#, "image/jpeg", "JSON"),
            ("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "image/gif", "XML"),
            ("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>", "image/png", "an SVG picture"),
            ("Not Found", "image/jpeg", "plain text"), ("   \n", "image/jpeg", "nothing but blanks"),
            ("PK\u{3}\u{4}rest", "image/jpeg", "a ZIP archive"), ("Not Found", "video/mp4", "plain text"),
            ("<html>", "audio/mpeg", "an HTML page"), ("<html>", "application/pdf", "an HTML page"),
            ("<html>", "image/vnd.wap.wbmp", "an HTML page"), ("FN:Anna", "text/vcard", "plain text"),
        ])
    func noMedia(content: String, declared: String, found: String) {
        #expect(
            refusal(Array(content.utf8), declared)
                == "the Content-Type has to be that of the content, it is \(declared) and the content is \(found)")
    }

    @Test("octets of no known format are no picture, though their type is one's")
    func unknown() {
        #expect(refusal([1, 2, 3, 0, 5], "image/jpeg")?.hasSuffix("the content is of no known type") == true)
        #expect(refusal([0x1F, 0x8B, 8, 0], "image/jpeg")?.hasSuffix("the content is a gzip archive") == true)
    }

    @Test(
        "what no handset shows is refused, whatever it is called",
        arguments: [
            (Array("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8), "image/svg+xml"),
            ([0x49, 0x49, 0x2A, 0, 8, 0], "image/tiff"), (Specimen.box("ftyp", Array("heic".utf8)), "image/heic"),
            (Specimen.box("ftyp", Array("avif".utf8)), "image/avif"), ([0, 0, 1, 0, 1, 0], "image/x-icon"),
            (Array("<smil><body/></smil>".utf8), "application/smil"), (Array("<html>".utf8), "text/html"),
            (Array("{}".utf8), "application/json"), ([0x30, 0x26, 0xB2, 0x75, 1], "video/x-ms-wmv"),
            (Array("FLV\u{1}".utf8), "video/x-flv"), (Array("x".utf8), "image/x-something"),
        ])
    func notCarried(file: [UInt8], declared: String) {
        #expect(refusal(file, declared)?.hasPrefix("a message cannot carry \(declared)") == true)
    }

    @Test(
        "half a file is refused",
        arguments: [
            (Specimen.jpeg(), "image/jpeg", "JPEG"), (Specimen.png(), "image/png", "PNG"),
            (Specimen.gif(), "image/gif", "GIF"), (Specimen.mp4(content: 600), "video/mp4", "MP4"),
            (Specimen.pdf, "application/pdf", "PDF"), (Specimen.jpeg(), "application/octet-stream", "JPEG"),
            (Specimen.jpeg(), "image/png", "JPEG"),
        ])
    func half(file: [UInt8], declared: String, name: String) {
        #expect(
            refusal(Array(file.prefix(file.count * 3 / 4)), declared)
                == "the file has to be whole, this \(name) ends early or is damaged")
    }

    @Test("what its bytes do not tell is sent as its server says")
    func unknowable() throws {
        #expect(try type([0, 0, 8, 8, 0xFF], "image/vnd.wap.wbmp") == "image/vnd.wap.wbmp")
        #expect(try type([1, 2, 3, 0], "application/vnd.oma.drm.message") == "application/vnd.oma.drm.message")
        #expect(try type([0, 0, 0, 0xFF], "audio/mpeg") == "audio/mpeg")
    }

    @Test("words of a server in a refusal are short and on one line")
    func words() {
        let reason = refusal(Array("x".utf8), "image/" + String(repeating: "y", count: 5000))

        #expect((reason?.utf8.count ?? .max) < 200)
    }
}
