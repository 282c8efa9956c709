package import FoundationEssentials
import Glibc

/// Files that a configuration names.
package enum PlainFile {
    /// The octets of a file.
    ///
    /// - Throws: `CocoaError`, also for a folder, a pipe or a device: these are not waited for.
    package static func contents(of path: String) throws -> Data {
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG { throw CocoaError(.fileReadUnknown) }
        return try Data(contentsOf: URL(filePath: path))
    }
}
