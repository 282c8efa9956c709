/// The text of a manual page in the language of man(7).
struct Roff {
    private(set) var text = ""

    /// A line that calls a macro, each argument in quotation marks.
    mutating func call(_ macro: String, _ arguments: String...) {
        text += "." + macro
        for argument in arguments {
            text += " \"\(Self.escaped(argument).replacing("\"", with: "\\(dq"))\""
        }
        text += "\n"
    }

    /// Lines of text, each paragraph for itself. A line of text never begins as a macro does.
    mutating func lines(_ prose: String) {
        for (index, paragraph) in prose.split(separator: "\n").enumerated() {
            if index > 0 { text += ".PP\n" }
            line(Self.escaped(String(paragraph)))
        }
    }

    /// A line that is in the language already.
    mutating func line(_ raw: String) {
        text += (raw.hasPrefix(".") || raw.hasPrefix("'") ? "\\&" : "") + raw + "\n"
    }

    static func bold(_ text: String) -> String { "\\fB\(escaped(text))\\fR" }

    static func italic(_ text: String) -> String { "\\fI\(escaped(text))\\fR" }

    /// The text with what the language would read otherwise: its own character, hyphens that are to be copied.
    static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    }
}
