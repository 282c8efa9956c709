import GatewayCore
import Glibc

/// Writes the files of a draft, none over a file that is there unless that is asked for.
package struct DraftWriter: Sendable {
    /// Where the configuration goes.
    private let path: String
    private let replaces: Bool

    /// - Parameter replaces: whether files that are there are replaced.
    package init(path: String, replaces: Bool) {
        self.path = path
        self.replaces = replaces
    }

    /// Why nothing, or not everything, was written.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// - Returns: the paths of the files.
    package func write(_ draft: ConfigurationDraft) throws(Failure) -> [String] {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        let files = draft.files(named: String(path.dropFirst(folder.count)))
        let paths = files.map { folder + $0.name }
        if !replaces, let present = paths.first(where: { access($0, F_OK) == 0 }) {
            throw Failure(
                description: "\(present) is there already; --force replaces it, and --output names another place")
        }
        for (file, path) in zip(files, paths) { try write(file, to: path) }
        return paths
    }

    /// A file is whole under its name, or not there.
    private func write(_ file: ConfigurationDraft.File, to path: String) throws(Failure) {
        let draft = path + ".new"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, file.isSecret ? 0o600 : 0o644)
        guard descriptor >= 0 else { throw Failure(description: "\(path) cannot be written: \(DiskRefusal())") }
        let bytes = Array(file.text.utf8)
        let isWritten = Glibc.write(descriptor, bytes, bytes.count) == bytes.count
        let isWhole = fsync(descriptor) == 0 && isWritten
        close(descriptor)
        // `link` and not `rename` where nothing is to be replaced: somebody may have been faster.
        guard isWhole, (replaces ? rename(draft, path) : link(draft, path)) == 0 else {
            let reason = DiskRefusal()
            unlink(draft)
            throw Failure(description: "\(path) cannot be written: \(reason)")
        }
        unlink(draft)
    }
}
