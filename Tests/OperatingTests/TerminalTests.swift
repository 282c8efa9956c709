import GatewayCore
import Testing

@testable import Operating

@Suite("Words on a terminal")
struct TerminalTests {
    private func terminal(_ environment: [String: String], isTerminal: Bool = true, wantsColour: Bool = true)
        -> Terminal
    {
        Terminal(isTerminal: isTerminal, wantsColour: wantsColour) { environment[$0] }
    }

    @Test("colours are for a terminal that has them, where nobody asked for none")
    func colours() {
        #expect(terminal(["TERM": "xterm"]).isColoured)
        #expect(terminal(["TERM": "xterm", "NO_COLOR": ""]).isColoured)
        #expect(!terminal(["TERM": "xterm", "NO_COLOR": "0"]).isColoured)
        #expect(!terminal(["TERM": "xterm"], wantsColour: false).isColoured)
        #expect(terminal(["TERM": "xterm"], wantsColour: false).isScreen)
        #expect(!terminal(["TERM": "dumb"]).isColoured)
        #expect(terminal([:]) == .none)
        #expect(terminal(["TERM": "xterm"], isTerminal: false) == .none)
    }

    @Test("a colour is around its words alone, and is left out elsewhere")
    func rendered() {
        let text = StyledText("it is ") + .state("failed: refused") + "."

        #expect(text.rendered(for: terminal(["TERM": "xterm"])) == "it is \u{1B}[31mfailed: refused\u{1B}[0m.")
        #expect(text.rendered(for: .none) == "it is failed: refused.")
    }

    @Test("what others wrote is no sequence that a terminal obeys")
    func obeyed() {
        let text = StyledText("\u{1B}[2J", .green)

        #expect(text.rendered(for: .none) == "\u{FFFD}[2J")
        #expect(text.rendered(for: terminal(["TERM": "xterm"])) == "\u{1B}[32m\u{FFFD}[2J\u{1B}[0m")
    }

    @Test("columns stay aligned whatever colour their cells have, and lines end with their last word")
    func aligned() {
        var table = TextTable(("state", .left), ("count", .right), ("note", .left))
        table.add([.state("delivered"), "7", ""])
        table.add([.state("in doubt"), "1204", "é"])

        #expect(
            table.lines.map(\.plain) == ["state      count  note", "delivered      7", "in doubt    1204  é"])
        #expect(
            table.lines[1].rendered(for: terminal(["TERM": "xterm"])) == "\u{1B}[32mdelivered\u{1B}[0m      7")
    }
}
