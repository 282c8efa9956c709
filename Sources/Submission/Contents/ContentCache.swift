import GatewayCore
import MM7
import Media

/// The contents of the batches that are being sent: each read from the store and the disk once, however many of its
/// messages are in flight.
actor ContentCache {
    private struct Key: Hashable {
        let batch: Batch.ID
        let revision: Int
        let mmsc: String
        /// A reload may change what the MMSC wants.
        let directory: Int
    }

    private struct Entry {
        let loading: Task<BatchContent, any Error>
        var lastUse: Int
        /// Known once it is loaded.
        var byteCount = 0
    }

    private let store: any Store
    private let library: MediaLibrary
    private let limitBytes: Int
    /// A batch takes room also without media: its recipients, their parameters.
    private static let limitCount = 200
    private var entries: [Key: Entry] = [:]
    private var uses = 0

    /// - Parameter limitBytes: of all contents kept; those in flight keep their bytes beyond it.
    init(store: any Store, library: MediaLibrary, limitBytes: Int = 32 << 20) {
        self.store = store
        self.library = library
        self.limitBytes = limitBytes
    }

    /// The content of a claim's batch as the MMSC wants it.
    ///
    /// - Parameter generation: of the directory that the profile is from.
    func content(of claim: Claim, profile: Profile, generation: Int) async throws -> BatchContent {
        let key = Key(batch: claim.batch, revision: claim.revision, mmsc: claim.mmsc, directory: generation)
        uses += 1
        if var entry = entries[key] {
            entry.lastUse = uses
            entries[key] = entry
            return try await entry.loading.value
        }
        // Every caller awaits it; it ends by itself with the read.
        let loading = Task { try await load(claim.batch, profile: profile) }
        entries[key] = Entry(loading: loading, lastUse: uses)
        do {
            let content = try await loading.value
            entries[key]?.byteCount = content.byteCount
            evict()
            return content
        } catch {
            entries[key] = nil
            throw error
        }
    }

    private func load(_ batch: Batch.ID, profile: Profile) async throws -> BatchContent {
        guard let (batch, media) = try await store.content(of: batch) else { throw ContentMissing() }
        guard let media else { return try BatchContent(batch, media: nil, profile: profile) }
        let bytes = try await library.bytes(of: media)
        return try BatchContent(batch, media: (bytes, media.contentType), profile: profile)
    }

    /// Lets go of what was used longest ago until the rest fits; one content is kept whatever its size.
    private func evict() {
        while entries.count > 1,
            entries.count > Self.limitCount || entries.values.reduce(0, { $0 + $1.byteCount }) > limitBytes,
            let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })
        {
            entries[oldest.key] = nil
        }
    }
}

/// A message is due whose batch or media the store does not have.
struct ContentMissing: Error {}
