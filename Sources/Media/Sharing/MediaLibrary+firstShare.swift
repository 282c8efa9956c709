import Crypto
import GatewayCore
import Glibc

/// Files from before the media were shared: those of a data directory whose database has moved.
extension MediaLibrary {
    /// What came of sharing all files.
    struct FirstShare: Sendable, Equatable {
        var sharedCount = 0
        /// Files that have lost their content.
        var damagedCount = 0
    }

    /// Keeps at the shared media what has a file here and is not kept there; once for each shared media, so that what was
    /// removed there does not come back from a copy here.
    ///
    /// - Returns: nil where that was done before.
    func shareFilesOnce() async throws(DiskFailure) -> FirstShare? {
        guard let sharing, makesFiles else { return nil }
        let mark = try await Self.shared { () throws(StoreFailure) in Array(try await sharing.media.identity().utf8) }
        let path = folder + "/shared"
        let isDone = try await onDisk { () throws(DiskFailure) in
            guard let status = try MediaFile.status(of: path), status.byteCount == mark.count else { return false }
            return try MediaFile.read(path, byteCount: mark.count) == mark
        }
        guard !isDone else { return nil }
        var share = FirstShare()
        for shelf in Self.shelves { try await shareFiles(on: shelf, with: sharing, &share) }
        let draft = newDraft()
        try await onDisk { () throws(DiskFailure) in
            try MediaFile.write(mark, to: draft)
            guard rename(draft, path) == 0 else { throw DiskFailure("mark the media as shared") }
        }
        return share
    }

    private func shareFiles(
        on shelf: String, with sharing: SharedContent, _ share: inout FirstShare
    ) async throws(DiskFailure) {
        let entries = try await entries(on: shelf)
        for start in stride(from: 0, to: entries.count, by: Self.slice) {
            let slice = entries[start..<min(start + Self.slice, entries.count)]
            let hashes = slice.map(\.hash)
            let missing = try await Self.shared { () throws(StoreFailure) in
                try await sharing.media.missing(among: hashes)
            }
            for entry in slice where missing.contains(entry.hash) {
                guard !Task.isCancelled else {
                    throw DiskFailure(ofSharedMedia: "the gateway stops; the files are shared at its next start")
                }
                let media = StoredMedia(hash: entry.hash, contentType: "", byteCount: entry.byteCount)
                let bytes = try await bytesOfFile(media)
                guard SHA256.hash(data: bytes).hexadecimal == entry.hash else {
                    share.damagedCount += 1
                    continue
                }
                try await sharing.keep(bytes[...], as: entry.hash)
                share.sharedCount += 1
            }
        }
    }

    private static func shared<Value: Sendable>(
        _ ask: () async throws(StoreFailure) -> Value
    ) async throws(DiskFailure) -> Value {
        do throws(StoreFailure) { return try await ask() } catch { throw DiskFailure(ofSharedMedia: error) }
    }

    private static let slice = 500
}
