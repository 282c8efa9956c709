import Glibc

/// Why the operating system refuses a file or folder that the gateway needs, and what an operator does about it.
package struct DiskRefusal: Sendable, Equatable, CustomStringConvertible {
    private let code: Int32

    /// - Parameter code: as the call that failed left it.
    package init(errno code: Int32 = errno) {
        self.code = code
    }

    /// The text that follows the name of the file and a colon.
    package var description: String {
        let reason = String(cString: strerror(code))
        return remedy.map { "\(reason); \($0)" } ?? reason
    }

    private var remedy: String? {
        switch code {
        case EACCES, EPERM: "give it to the user that the gateway runs as, uid \(geteuid())"
        case EROFS: "mount its file system for writing"
        case ENOSPC, EDQUOT: "make room there"
        case ENOTDIR, EEXIST: "a file is where a folder should be"
        default: nil
        }
    }
}
