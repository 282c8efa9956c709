import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

@Suite("The media of a batch in their column")
struct MediaColumnTests {
    @Test(
        "come back as they were given",
        arguments: [
            [], ["https://media.example.net/a.jpg"], [""], ["https://x/ä🌍"], [#"https://x/"quoted""#], [#"a\b"#],
            ["a\u{1}\n"], ["https://x/a", "https://x/b"], [#"a"},{"url":"b"#],
        ])
    func roundTrip(urls: [String]) throws {
        let media = urls.map { Content.Medium(url: $0) }

        #expect(try MediaColumn.media(MediaColumn.text(media)) == media)
    }

    @Test(
        "are the JSON that a coder writes and reads, also where none is used",
        arguments: [[], ["https://media.example.net/a.jpg"], [""], ["https://x/ä🌍"]])
    func json(urls: [String]) throws {
        let media = urls.map { Content.Medium(url: $0) }

        #expect(try MediaColumn.text(media) == JSONColumn.sortedText(media))
    }

    @Test("come back with their names")
    func names() throws {
        let media = [Content.Medium(url: "https://x/a", filename: "cat.jpg"), Content.Medium(url: "https://x/b")]

        #expect(try MediaColumn.media(MediaColumn.text(media)) == media)
        #expect(try MediaColumn.media(MediaColumn.text([media[0]])) == [media[0]])
    }

    @Test("are read with blanks between them too")
    func blanks() throws {
        #expect(try MediaColumn.media(#" [ {"url" : "https://x/a"} ] "#) == [Content.Medium(url: "https://x/a")])
    }

    @Test("are broken where the text is no JSON", arguments: ["", "[", #"[{"url":"a"}"#, #"[{"url":"a"b"}]"#])
    func broken(text: String) {
        #expect(throws: StoreFailure.broken("a value in the store is not the JSON that was written")) {
            try MediaColumn.media(text)
        }
    }
}
