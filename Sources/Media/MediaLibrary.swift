import Crypto
import Dispatch
import FoundationEssentials
package import GatewayCore
import Glibc

/// Media in the data directory, each content once, in a file named by its SHA-256.
///
/// A file is written under another name, synced and renamed, so that a name that exists has its whole content.
package struct MediaLibrary: Sendable {
    private let folder: String
    /// Files that are not whole yet; what an ended process left there is worthless.
    private let drafts: String
    /// File calls wait for the disk; they do so here and not on the threads that everybody shares.
    private let disk = DispatchQueue(label: "media library", attributes: .concurrent)

    /// - Throws: `DiskFailure` when the folder cannot be made.
    package init(dataDirectory: String) throws(DiskFailure) {
        folder = dataDirectory + "/media"
        drafts = folder + "/drafts"
        try Self.makeFolder(folder)
        try Self.makeFolder(drafts)
        try File.removeAll(in: drafts)
    }

    /// Keeps the bytes; when it returns they survive the end of the machine.
    package func store(_ bytes: [UInt8], contentType: String) async throws(DiskFailure) -> StoredMedia {
        let hash = SHA256.hash(data: bytes).hexadecimal
        let path = path(of: hash)
        try await onDisk { [folder, drafts] () throws(DiskFailure) in
            let shelf = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.endIndex))
            // It may stand there since a moment ago, and not be safe yet.
            if access(path, F_OK) == 0 { return try File.syncFolder(shelf) }
            try Self.makeFolder(shelf)
            try File.syncFolder(folder)
            let draft = "\(drafts)/\(UUID().uuidString)"
            do throws(DiskFailure) {
                try File.write(bytes, to: draft)
                guard rename(draft, path) == 0 else { throw DiskFailure("rename a media file") }
            } catch {
                unlink(draft)
                throw error
            }
            try File.syncFolder(shelf)
        }
        return StoredMedia(hash: hash, contentType: contentType, byteCount: bytes.count)
    }

    /// The bytes of stored media.
    ///
    /// - Throws: `DiskFailure` when the file is missing, unreadable or not as long as it was.
    package func bytes(of media: StoredMedia) async throws(DiskFailure) -> [UInt8] {
        let path = path(of: media.hash)
        return try await onDisk { () throws(DiskFailure) in
            try File.read(path, byteCount: media.byteCount)
        }
    }

    /// 256 shelves keep the folders short.
    private func path(of hash: String) -> String {
        "\(folder)/\(hash.prefix(2))/\(hash)"
    }

    private static func makeFolder(_ path: String) throws(DiskFailure) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw DiskFailure("make a folder for media") }
    }

    private func onDisk<Value: Sendable>(
        _ work: @escaping @Sendable () throws(DiskFailure) -> Value
    ) async throws(DiskFailure) -> Value {
        let result = await withCheckedContinuation { continuation in
            disk.async { continuation.resume(returning: Result(catching: work)) }
        }
        return try result.get()
    }
}

/// The disk did not do it.
package struct DiskFailure: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    /// - Parameter attempt: what was to be done, as it follows "could not".
    init(_ attempt: String, errno code: Int32 = errno) {
        description = "could not \(attempt): \(String(cString: strerror(code)))"
    }
}
