import Testing

@testable import PostgresStore

@Suite("Texts that PostgreSQL could not keep")
struct StoredTextTests {
    @Test(
        "come back as they were, and nothing in what is kept ends a text",
        arguments: [
            "", "plain", "a\u{0}b", "\u{0}", "\u{F8FE}", "\u{F8FE}0", "\u{F8FE}\u{0}\u{F8FE}\u{F8FE}",
            "\u{F8FF}\u{FFFD}",
            "Grüße 🐈",
        ])
    func whole(_ text: String) {
        var kept: [CChar] = []
        StoredText.append(text, to: &kept)

        #expect(!kept.contains(0))
        #expect(kept.withUnsafeBytes(StoredText.text) == text)
    }
}
