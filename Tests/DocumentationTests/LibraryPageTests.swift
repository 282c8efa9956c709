import Foundation
import MM7
import Testing

@Suite("The pages of the library MM7")
struct LibraryPageTests {
    private static let folder = "Sources/MM7/MM7.docc"

    @Test("every snippet is code that compiles, line by line, and all that compiles is shown")
    func snippets() throws {
        let pages = try ["SendingAndReceiving.md", "SpeakingWithAPeer.md"].map { try Page("\(Self.folder)/\($0)") }
        let shown = pages.flatMap { $0.blocks(of: "swift") }

        let source = try Page("Tests/DocumentationTests/LibrarySnippets.swift")
        let compiled = Self.snippets(in: source)

        #expect(shown.count == 4)
        #expect(shown == compiled)
    }

    @Test("the manifest that is shown is what .ci/library builds, and no other page has code")
    func manifest() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Page.root.appending(path: Self.folder).path)
        #expect(files.sorted() == ["MM7.md", "SendingAndReceiving.md", "SpeakingWithAPeer.md"])

        let blocks = try Page("\(Self.folder)/MM7.md").blocks(of: "swift")
        #expect(blocks.count == 1)
        #expect(blocks.first?.contains { $0.contains("traits: []") } == true)
        #expect(try Page(".ci/library").text.contains("\(Self.folder)/MM7.md"))
    }

    @Test("a message that is submitted as the page has it can be read")
    func submits() throws {
        let message = try LibrarySnippets.submit(gif: Array("GIF89a".utf8))

        let received = try MessageReader().read(message.bytes, contentType: message.contentType)

        #expect(received.envelope.transactionID == "t-41")
    }

    /// What stands between `// snippet` and `// end`, without the indentation.
    private static func snippets(in page: Page) -> [[Substring]] {
        page.text.split(separator: "        // snippet\n").dropFirst().map { rest in
            let end = rest.firstRange(of: "        // end\n")?.lowerBound ?? rest.endIndex
            return rest[..<end].split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                .map { $0.drop(while: { $0 == " " }).isEmpty ? "" : $0.dropFirst(8) }
        }
    }
}
