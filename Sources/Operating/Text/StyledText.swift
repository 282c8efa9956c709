/// Words for a terminal, some of them in a colour.
package struct StyledText: Sendable, Equatable {
    package enum Colour: Int, Sendable {
        case red = 31
        case green = 32
        case yellow = 33
    }

    private struct Run: Sendable, Equatable {
        var text: String
        var colour: Colour?
    }

    private var runs: [Run] = []

    package init(_ text: String, _ colour: Colour? = nil) {
        if !text.isEmpty { runs = [Run(text: text, colour: colour)] }
    }

    /// The width in columns, as far as each character takes one.
    var count: Int { runs.reduce(0) { $0 + $1.text.count } }

    /// The words alone.
    package var plain: String { runs.map(\.text).joined() }

    /// The words as this terminal can have them. What others wrote never reaches it as a sequence that it obeys.
    package func rendered(for terminal: Terminal) -> String {
        guard terminal.isColoured else { return plain.fitForTerminal }
        return runs.map { run in
            let text = run.text.fitForTerminal
            return run.colour.map { "\u{1B}[\($0.rawValue)m\(text)\u{1B}[0m" } ?? text
        }.joined()
    }

    static func += (left: inout StyledText, right: StyledText) { left.runs += right.runs }

    static func + (left: StyledText, right: StyledText) -> StyledText {
        var sum = left
        sum += right
        return sum
    }
}

extension StyledText: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) { self.init(text) }
}

extension [StyledText] {
    /// The lines as one text.
    package var joined: StyledText {
        var text = StyledText("")
        for (number, line) in enumerated() {
            if number > 0 { text += "\n" }
            text += line
        }
        return text
    }
}

extension StyledText {
    /// A state of a message in words, in the colour of its kind: green for delivered, red for what ended otherwise,
    /// yellow for what nobody knows yet.
    static func state(_ words: String) -> StyledText {
        switch words.prefix(while: { $0 != ":" }) {
        case "delivered": StyledText(words, .green)
        case "expired", "rejected", "failed", "unknown", "aborted": StyledText(words, .red)
        case "in doubt", "cancelled": StyledText(words, .yellow)
        default: StyledText(words)
        }
    }

    /// How an MMSC is, in words.
    static func condition(_ words: String) -> StyledText {
        switch words {
        case "well": StyledText(words, .green)
        case "open", "stopped", "not configured": StyledText(words, .red)
        case "half open", "draining": StyledText(words, .yellow)
        default: StyledText(words)
        }
    }
}
