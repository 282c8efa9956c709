import Testing

@testable import MM7

@Suite struct MutationTests {
    /// Subscribers and content of the fixtures, which no error or note may repeat.
    private let values = ["15550100", "Gr\u{FC}", "link-1", "quiz", "msg-1", "ua.example"]

    @Test(
        "a message with any octet changed, lost or added is read alike twice or refused, and nothing of it is told",
        arguments: [
            "deliver-handset.mime", "report-standard.xml", "fault-standard.xml",
            "Dialects/report-failed-status-code.xml",
        ])
    func mutation(fixture: String) throws {
        let original = try Fixture.bytes(fixture)
        let type = fixture.hasSuffix(".mime") ? TruncationTests.handsetType : "text/xml"
        for seed in UInt64(0)..<1_000 {
            var random = SplitMix64(seed: seed)
            var bytes = original
            let index = random.number(0...(bytes.count - 1))
            let octet = random.one(of: [UInt8(truncatingIfNeeded: random.next())] + Array("<>&\"=\n\r-;:/ \0".utf8))
            switch random.number(0...2) {
            case 0: bytes[index] = octet
            case 1: bytes.remove(at: index)
            default: bytes.insert(octet, at: index)
            }

            let outcome = Outcome(bytes, type)

            let again = Outcome(bytes, type)
            #expect(outcome.message?.envelope == again.message?.envelope, "seed \(seed)")
            #expect(outcome.message?.content.map(\.bytes) == again.message?.content.map(\.bytes), "seed \(seed)")
            #expect(outcome.words == again.words, "seed \(seed)")
            #expect(!values.contains { outcome.words.contains($0) }, "seed \(seed)")
        }
    }
}
