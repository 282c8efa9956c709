import Glibc

/// Where faults and failures are printed, apart from what a command was asked to print.
enum StandardError {
    static func print(_ what: some Any) {
        let line = Array("\(what)\n".utf8)
        // A failure of this write cannot be reported anywhere.
        _ = write(STDERR_FILENO, line, line.count)
    }
}
