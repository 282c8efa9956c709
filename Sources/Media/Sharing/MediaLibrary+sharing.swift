import GatewayCore
import Glibc

/// Content that another gateway has stored: the shared media have it, and a file of it is made here when it is first
/// needed.
extension MediaLibrary {
    /// Makes a file of shared content; false where nothing is shared, or that content is not kept.
    func bring(_ hash: String) async throws(DiskFailure) -> Bool {
        guard let sharing, makesFiles else { return false }
        return try await sharing.arrival(of: hash) { () async throws(DiskFailure) in
            guard let bytes = try await sharing.bytes(of: hash) else { return false }
            let path = path(of: hash)
            try await onDisk { () throws(DiskFailure) in try write(bytes[...], to: path) }
            return true
        }
    }

    /// The bytes of media whose file could not be read.
    ///
    /// - Throws: the failure, where shared media do not help.
    func bytes(of media: StoredMedia, after failure: DiskFailure) async throws(DiskFailure) -> [UInt8] {
        // EIO: the file has lost its end.
        guard let sharing, failure.code == ENOENT || failure.code == EIO else { throw failure }
        if makesFiles {
            guard try await bring(media.hash) else { throw DiskFailure(failure, beside: Self.isNotShared) }
            return try await bytesOfFile(media)
        }
        guard let bytes = try await sharing.bytes(of: media.hash), bytes.count == media.byteCount else {
            throw DiskFailure(failure, beside: Self.isNotShared)
        }
        return bytes
    }

    private static let isNotShared = "the media that all gateways share do not have it either"
}
