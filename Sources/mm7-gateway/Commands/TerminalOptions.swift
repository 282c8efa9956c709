import ArgumentParser
import FoundationEssentials
import Glibc
import Operating

/// How a command prints for people.
struct TerminalOptions: ParsableArguments {
    @Flag(help: "Prints without colours, as with NO_COLOR in the environment or into a file.")
    var noColor = false

    /// What standard output can show.
    var terminal: Terminal {
        Terminal(isTerminal: isatty(STDOUT_FILENO) == 1, wantsColour: !noColor) {
            ProcessInfo.processInfo.environment[$0]
        }
    }
}

/// How a command that looks at something goes on looking.
struct WatchOptions: ParsableArguments {
    @Flag(help: "Looks again and again: on a terminal in place, else below each other where anything changed.")
    var watch = false

    @Option(help: ArgumentHelp("The time from one look to the next, with --watch.", valueName: "SECONDS"))
    var every = 2.0

    func validate() throws {
        guard (0.1...3600).contains(every) else {
            throw ValidationError("--every must be 0.1 to 3600 seconds, and is \(every)")
        }
    }

    /// Prints what a look finds, once or until it stays as it is. Ctrl-C ends the command with 0.
    func run(on terminal: Terminal, look: () async throws -> Watch.View) async throws {
        guard watch else { return print(try await look().text) }
        signal(SIGINT) { _ in _exit(0) }
        let watch = Watch(every: .seconds(every), on: terminal)
        try await watch.run(look: look, failure: Self.sentence) { text in
            print(text)
            fflush(nil)
        }
    }

    private static func sentence(_ error: any Error) -> String {
        // Whatever ends a command was printed on standard error.
        error is ExitCode ? "It cannot be read now." : "\(error)"
    }
}
