import ArgumentParser
import FoundationEssentials
import GatewayCore

/// A secret that a command is given, never as an argument: those are shown to every user of the machine.
enum SecretInput {
    /// The first line of a file.
    ///
    /// - Parameter path: `-` is standard input.
    /// - Throws: `ValidationError` where there is no such file, or nothing in its first line.
    static func read(_ path: String) throws -> Secret {
        let line = path == "-" ? readLine() : try firstLine(of: path)
        guard let line, !line.isEmpty else {
            throw ValidationError("\(path == "-" ? "standard input" : path) has no secret in its first line")
        }
        return Secret(line)
    }

    private static func firstLine(of path: String) throws -> String? {
        guard let bytes = try? Data(contentsOf: URL(filePath: path)) else {
            throw ValidationError("there is no file at \(path) that this user may read")
        }
        // By bytes: to Swift, the CR LF that ends a line on Windows is one character, and no "\n".
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
        return String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }
}
