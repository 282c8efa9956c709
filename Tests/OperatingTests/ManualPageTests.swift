import Operating
import Testing

@Suite("Manual pages")
struct ManualPageTests {
    /// What ArgumentParser says of a program with a command that has one of everything.
    private static let program = """
        {"serializationVersion": 0, "command": {
          "commandName": "mm7-gateway", "abstract": "Sends MMS.", "shouldDisplay": true,
          "subcommands": [
            {"commandName": "post", "superCommands": ["mm7-gateway"], "abstract": "Posts a file.", "shouldDisplay": true,
             "discussion": "One paragraph, with a \\\\.\\n.another begins as a macro does.",
             "arguments": [
              {"kind": "positional", "shouldDisplay": true, "isOptional": false, "isRepeating": true,
               "valueName": "FILE", "preferredName": {"kind": "long", "name": "file"}, "parsingStrategy": "default"},
              {"kind": "option", "shouldDisplay": true, "isOptional": true, "isRepeating": false, "valueName": "N",
               "abstract": "How long.", "defaultValue": "60", "parsingStrategy": "default",
               "names": [{"kind": "short", "name": "t"}, {"kind": "long", "name": "time-out"}],
               "preferredName": {"kind": "long", "name": "time-out"}},
              {"kind": "flag", "shouldDisplay": false, "isOptional": true, "isRepeating": false, "valueName": "secretly",
               "names": [{"kind": "long", "name": "secretly"}], "parsingStrategy": "default"}]},
            {"commandName": "hidden", "superCommands": ["mm7-gateway"], "shouldDisplay": false},
            {"commandName": "help", "superCommands": ["mm7-gateway"], "shouldDisplay": true}
          ]}}
        """

    private func pages() throws -> [ManualPage] {
        ManualPage.all(of: try CommandDescription(ofProgram: Self.program), version: "1.2.3")
    }

    @Test("the program and each command that is shown has one")
    func files() throws {
        #expect(try pages().map(\.file) == ["mm7-gateway.1", "mm7-gateway-post.1"])
    }

    @Test("that of the program lists the commands")
    func whole() throws {
        let page = try #require(try pages().first).text

        #expect(page.hasPrefix(#".TH "MM7\-GATEWAY" "1" "" "mm7\-gateway 1.2.3" "mm7\-gateway manual""# + "\n"))
        #expect(page.contains("mm7\\-gateway \\- sends MMS\n"))
        #expect(page.contains(".TP\n\\fBmm7\\-gateway\\-post\\fR(1)\nPosts a file.\n"))
        #expect(!page.contains("hidden") && !page.contains("help"))
        #expect(page.contains(#"\fI/etc/mm7\-gateway/mm7\-gateway.json\fR"#))
    }

    @Test("that of a command has its arguments and options, as they are typed")
    func command() throws {
        let page = try #require(try pages().last).text

        #expect(page.contains("\\fBmm7\\-gateway post\\fR \\fIFILE\\fR ... [\\fB\\-\\-time\\-out\\fR \\fIN\\fR]\n"))
        #expect(page.contains(".SH \"ARGUMENTS\"\n.TP\n\\fIFILE\\fR\n"))
        #expect(page.contains("\\fB\\-t\\fR \\fIN\\fR, \\fB\\-\\-time\\-out\\fR \\fIN\\fR\nHow long. Default: 60.\n"))
        #expect(page.contains("One paragraph, with a \\e.\n.PP\n\\&.another begins as a macro does.\n"))
        #expect(!page.contains("secretly"))
        #expect(page.contains("\\fBmm7\\-gateway\\fR(1)"))
    }

    @Test("a description in another form is an error")
    func otherForm() {
        #expect(throws: (any Error).self) { try CommandDescription(ofProgram: "{}") }
    }
}
