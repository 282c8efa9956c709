import Glibc

/// Questions on the terminal; nobody is asked where standard input is none.
struct Prompt {
    private let isTerminal = isatty(STDIN_FILENO) == 1

    /// The answer without blanks around it; nil where nobody can be asked, or the input ended.
    func ask(_ question: String) -> String? {
        guard isTerminal else { return nil }
        print(question, terminator: " ")
        fflush(nil)
        guard let line = readLine() else { return nil }
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        let end = line.lastIndex { !isBlank($0) }.map { line.index(after: $0) } ?? line.startIndex
        return String(line[..<end].drop(while: isBlank))
    }

    /// The same, and what is typed is not shown.
    func askSecretly(_ question: String) -> String? {
        var before = termios()
        guard tcgetattr(STDIN_FILENO, &before) == 0 else { return ask(question) }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
            print()
        }
        return ask(question)
    }
}
