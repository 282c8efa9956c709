import ConfigurationReading
import FoundationEssentials
import Glibc
import Testing

@testable import GatewayConfiguration

@Suite("A configuration file that cannot be read")
struct ConfigurationFileTests {
    @Test(
        "a text that is not JSON5 is told with its line",
        arguments: [
            ("{\n  a: 1\n  b: 2\n}", "line 2: a comma or } is missing after a value"),
            ("{\n  a: [1, 2\n}", "line 2: a comma or ] is missing after a value"),
            ("{\n  a: {b: 1,\n", "line 2: the brace { has no closing }"),
            ("{\n  a: \"x\n\"}", "line 2: a string has no closing quote in its line"),
            ("{\n  a: on\n}", "line 2: a: a string needs quotes around it"),
            ("{\n\n  a 1}", "line 3: a colon is missing after a key"),
            ("{} {}", "line 1: nothing may follow the closing brace"),
            ("/* {}", "line 1: the comment that begins with /* does not end; close it with */"),
            ("", "line 1: the text ends where a value should be"),
            ("[1]", "must be one object in braces, not a list"),
        ])
    func notJSON5(text: String, expected: String) {
        #expect(ConfigurationFixture(whole: text).faults() == ["\(ConfigurationFixture.path): \(expected)"])
    }

    @Test(
        "a number that cannot be read is told with its key, and ends nothing",
        arguments: ["1e400", "1e-400", "1e+", "-1e-", "5s", "007", "0x", "--1", "1_000", ".", "0x1FFFFFFFFFFFFFFFF"])
    func unreadableNumber(text: String) {
        #expect(
            ConfigurationFixture("tracing: {\n  sample_ratio: \(text)},").faults() == [
                "\(ConfigurationFixture.path): line 2: tracing.sample_ratio: \(text) is no number that can be read; "
                    + "a string needs quotes around it"
            ])
    }

    @Test(
        "a number may be written as JSON5 has it",
        arguments: ["+0.5", "1.", ".5", "0x1", "5e-1", "0.1e1", "1.e-3", "0"])
    func numbers(text: String) {
        #expect(ConfigurationFixture("tracing: {sample_ratio: \(text)},").faults() == [])
    }

    @Test("a pipe in the place of a file is told in words, and nobody waits for it")
    func pipe() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "pipe-\(UUID().uuidString)").path
        #expect(mkfifo(path, 0o600) == 0)
        defer { unlink(path) }

        let faults = #expect(throws: ConfigurationFaults.self) { try Configuration.load(path: path) }

        #expect(faults?.description == "\(path): cannot be read: it is not a readable file")
    }

    @Test("a key that stands twice is a fault, though the decoder takes it")
    func repeatedKey() {
        let faults = ConfigurationFixture("\nserver: {},\n\"server\": {},").faults()

        #expect(
            faults == [#"/etc/gateway/gateway.json: line 3: "server" stands twice in one object; keep one of the two"#])
    }

    @Test("nesting without end is refused and not followed")
    func nesting() {
        let faults = ConfigurationFixture(whole: String(repeating: "[", count: 100_000)).faults()

        #expect(faults == ["/etc/gateway/gateway.json: line 1: is nested too deep"])
    }

    @Test("a file that is missing, or is a folder, is told in words")
    func onDisk() {
        let none = #expect(throws: ConfigurationFaults.self) { try Configuration.load(path: "/none/gateway.json") }
        let folder = #expect(throws: ConfigurationFaults.self) { try Configuration.load(path: "/") }

        #expect(none?.description == "/none/gateway.json: cannot be read: there is no such file")
        #expect(folder?.description == "/: cannot be read: it is not a readable file")
    }

    @Test("a configuration that cannot be read is one fault")
    func noFile() {
        var fixture = ConfigurationFixture()
        fixture.files = [:]

        #expect(fixture.faults() == ["/etc/gateway/gateway.json: cannot be read: there is no such file"])
    }
}
