import FoundationEssentials
import Testing

@testable import GatewayConfiguration

@Suite("What a reload leaves to the next start")
struct RestartKeysTests {
    private func waiting(from old: String, to new: String) throws -> [String] {
        try ConfigurationFixture(new).load().keysWaitingForRestart(after: ConfigurationFixture(old).load())
    }

    @Test("nothing waits where nothing changed, written out or not")
    func nothing() throws {
        #expect(try waiting(from: "", to: "").isEmpty)
        #expect(try waiting(from: "", to: #"media: {max_fetches: 256}, log: {level: "info"},"#).isEmpty)
    }

    @Test("what changes at once does not wait")
    func atOnce() throws {
        let new = """
            log: {level: "debug"}, egress: {allow: ["10.0.0.0/8"]}, mm7: {unknown_recipients: "quarantine"},
            store: {size_limit: "1GiB"}, service_plans: [{id: "p", api_tokens: ["t"]}],
            """

        #expect(try waiting(from: "", to: new).isEmpty)
    }

    @Test("the page on the configuration lists the keys that change at once")
    func page() throws {
        let page = String(decoding: try ConfigurationFixture.contents(of: "docs/configuration.md"), as: UTF8.self)
        let section = try #require(page.split(separator: "## What a reload changes\n").last)
        let paragraph = try #require(section.split(separator: "\n\n").dropFirst().first)

        let listed = paragraph.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
        #expect(Set(listed) == (try ConfigurationFixture().load().changedAtOnce))
    }

    @Test("every other key that differs is named, however deep it is")
    func named() throws {
        let old = #"server: {listen: ":8081", public_url: "http://a.example"}, media: {limit: "600kB"},"#
        let new = """
            server: {listen: ":8082"}, data_directory: "/elsewhere", webhooks: {timeout: "3s"},
            media: {limit: "600kB", strict_validation: {deadline: "2s"}}, log: {level: "debug"},
            mm7: {unreadable: "keep"},
            """

        #expect(
            try waiting(from: old, to: new) == [
                "data_directory", "media.strict_validation.deadline", "mm7.unreadable", "server.listen",
                "server.public_url",
                "webhooks.timeout",
            ])
    }

    @Test("a secret that changed is named though it is masked where it is shown")
    func secrets() throws {
        func keys(_ digit: String) -> String {
            let key = String(repeating: digit, count: 64)
            return #"media: {hosting: {keys: ["\#(key)"]}}, conversation: {seal_keys: ["\#(key)"]},"#
        }

        #expect(try waiting(from: keys("a"), to: keys("b")) == ["conversation.seal_keys", "media.hosting.keys"])
        #expect(try waiting(from: keys("a"), to: keys("a")).isEmpty)
    }
}
