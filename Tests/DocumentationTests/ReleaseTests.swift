import ArgumentParser
import Gateway
import Testing

@testable import mm7_gateway

@Suite("The version")
struct ReleaseTests {
    @Test("--version says the newest release of the change log, which has a date")
    func newest() throws {
        let headings = try Page("CHANGELOG.md").lines.filter { $0.hasPrefix("## ") }
        #expect(headings.first == "## Unreleased")
        let newest = try #require(headings.dropFirst().first)

        let words = newest.split(separator: " ")
        #expect(words.count == 4 && words[2] == "-")
        #expect(words[1] == Gateway.version[...])
        #expect(words[3].wholeMatch(of: /\d{4}-\d{2}-\d{2}/) != nil)
        let version = MM7Gateway.configuration.version
        #expect(
            version.wholeMatch(of: /(\S+)( \([0-9a-f]{7,40}\))?/)?.output.1 == Gateway.version[...],
            "\(version)")
    }
}
