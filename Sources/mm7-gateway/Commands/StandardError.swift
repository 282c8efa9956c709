import ArgumentParser
import Glibc

/// Where faults and failures are printed, apart from what a command was asked to print.
enum StandardError {
    static func print(_ what: some Any) {
        let line = Array("\(what)\n".utf8)
        // A failure of this write cannot be reported anywhere.
        _ = write(STDERR_FILENO, line, line.count)
    }
}

/// The exit codes of commands. ArgumentParser itself ends with 64 for errors of usage.
extension ExitCode {
    /// The configuration cannot be used.
    static let configuration = ExitCode(78)
    /// It was done, and something that is needed was not there to be a part of it.
    static let incomplete = ExitCode(2)
}
