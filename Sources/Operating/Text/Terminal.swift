/// What the output of a command can show.
package struct Terminal: Sendable, Equatable {
    /// Whether sequences for colours are obeyed, and wanted.
    package let isColoured: Bool
    /// Whether the screen can be cleared.
    package let isScreen: Bool

    /// A file, a pipe, or another program.
    package static let none = Terminal(isColoured: false, isScreen: false)

    private init(isColoured: Bool, isScreen: Bool) {
        self.isColoured = isColoured
        self.isScreen = isScreen
    }

    /// - Parameters:
    ///   - isTerminal: whether a person sees the output.
    ///   - wantsColour: whether the command was called so.
    ///   - environment: returns the value of a variable. `NO_COLOR` (https://no-color.org) counts with any value but an
    ///     empty one, and a terminal of the type `dumb`, or of none, obeys nothing.
    package init(isTerminal: Bool, wantsColour: Bool = true, environment: (String) -> String?) {
        let type = environment("TERM") ?? ""
        isScreen = isTerminal && type != "" && type != "dumb"
        isColoured = isScreen && wantsColour && (environment("NO_COLOR") ?? "").isEmpty
    }
}
