import Glibc

/// Where faults and failures are printed, apart from what a command was asked to print.
enum StandardError {
    static func print(_ what: some Any) {
        let line = Array("\(what)\n".utf8)
        // There is nowhere left to report a failure of this.
        _ = write(STDERR_FILENO, line, line.count)
    }
}
