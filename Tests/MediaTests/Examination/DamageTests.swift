import Testing

@testable import Media

@Suite("Files that are not what they seem")
struct DamageTests {
    @Test("a whole file of each format is known", arguments: Specimen.all)
    func whole(format: MediaFormat, file: [UInt8]) throws {
        guard case .whole(let facts) = Examination(of: file) else {
            Issue.record("not whole")
            return
        }

        #expect(facts.format == format)
        #expect(MediaFormat(startOf: file) == format)
    }

    @Test("a file cut anywhere is not whole", arguments: Specimen.all)
    func cut(format: MediaFormat, file: [UInt8]) {
        // Line ends behind the last word of a text are no loss.
        let end = format == .vCard ? file.count - 2 : format == .pdf ? file.count - 1 : file.count

        for length in 0..<end {
            let examination = Examination(of: Array(file.prefix(length)))

            #expect(examination == .unknown || examination == .damaged(format), "cut to \(length) bytes")
        }
    }

    @Test("no change of bytes does harm, and all limits are judged on what comes of it", arguments: Specimen.all)
    func changed(format: MediaFormat, file: [UInt8]) {
        var random = SeededGenerator(seed: 20_231_140)
        let rules = StrictRules()
        let telling: [UInt8] = [0, 1, 0x7F, 0x80, 0xFE, 0xFF]

        for _ in 0..<4000 {
            var changed = file
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let place = Int.random(in: 0..<changed.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: changed[place] = UInt8.random(in: 0...255, using: &random)
                case 1: changed[place] = telling.randomElement(using: &random) ?? 0
                case 2: changed.insert(UInt8.random(in: 0...255, using: &random), at: place)
                default: if changed.count > 1 { changed.remove(at: place) }
                }
            }
            _ = rules.fault(in: changed, contentType: format.contentTypes[0])
        }
    }

    @Test("nonsense is unknown, and so is nothing", arguments: ["", "GIF", "<html>", "\u{FEFF}BEGIN:VTODO", "%PD"])
    func nonsense(text: String) {
        #expect(Examination(of: Array(text.utf8)) == .unknown)
    }

    @Test("a vCard may begin with a byte order mark and be in any case, and has to end")
    func vCards() {
        #expect(Examination(of: Array("\u{FEFF}\r\nbegin:vCard\nFN:A\nend:vcard".utf8)) == .whole(MediaFacts(.vCard)))
        #expect(Examination(of: Array("BEGIN:VCARD\nNOTE:END:VCARD".utf8)) == .damaged(.vCard))
    }
}
