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
        guard tcgetattr(STDIN_FILENO, terminalBefore) == 0 else { return ask(question) }
        for number in Self.endings { signal(number, Self.end) }
        var silent = terminalBefore.pointee
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, terminalBefore)
            for number in Self.endings { signal(number, SIG_DFL) }
            print()
        }
        return ask(question)
    }

    private static let endings = [SIGINT, SIGTERM, SIGQUIT, SIGHUP]

    /// Gives the terminal its echo back, and ends the process as the signal does.
    private static let end: @convention(c) (Int32) -> Void = { number in
        tcsetattr(STDIN_FILENO, TCSANOW, terminalBefore)
        signal(number, SIG_DFL)
        raise(number)
    }
}

/// The terminal as it was before a question whose answer is not shown. It is written by one thread, while no handler is set
/// that reads it.
///
/// On the heap: for a variable here the compiler (6.3) sets 57 octets aside and not the 60 of C, whose padding it leaves out.
nonisolated(unsafe) private let terminalBefore = UnsafeMutablePointer<termios>.allocate(capacity: 1)
