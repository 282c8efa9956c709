import GatewayCore
import MM7
import Media
import Synchronization

/// The contents of the batches that are being sent. Each is read from the store and the disk once, however many of the
/// batch's messages are in flight, and kept for the next message.
///
/// All memory that it holds is counted, contents in flight included, and has a bound. Customers share it by a
/// `FairShare`: a customer whose contents have half of it waits until some of them are gone, and holds up nobody else.
/// At the bound, contents that nobody uses are dropped first; then a new content waits for those in flight to end. It
/// does not wait long: its message holds a permit of its MMSC meanwhile, and the contents in flight may hang at another
/// MMSC.
final class ContentCache: Sendable {
    fileprivate struct Key: Hashable {
        let batch: Batch.ID
        let revision: Int
        let mmsc: String
        /// The generation of the directory: a reload may change what the MMSC wants.
        let directory: Int
    }

    fileprivate struct Entry {
        /// Distinguishes this entry from an earlier or later one of the same batch.
        let number: Int
        let customer: Int
        let loading: Task<BatchContent, any Error>
        /// Known once it is loaded.
        var content: BatchContent?
        /// What is counted for it, in octets.
        var byteCount = 0
        var users = 0
        var lastUse: Int
    }

    /// Resumed with true when there is room, with false when the wait was too long.
    fileprivate typealias Waiter = CheckedContinuation<Bool, Never>

    fileprivate struct State {
        var share: FairShare<Int, Int>
        var entries: [Key: Entry] = [:]
        /// Contents that wait for room, by customer.
        var waiting = FairWaitList<Int, Int, Waiter>()
        /// The last of those that waited at the last look.
        var lastSeen = 0
        /// Contents that nobody uses.
        var idleCount = 0
        var uses = 0
    }

    private let store: any ContentReader
    private let library: MediaLibrary
    private let state: Mutex<State>
    /// What is counted for a content before it is read, in octets.
    private let estimate: Int

    /// - Parameter limitBytes: of all contents, kept and in flight. A content whose reading begins below the limit may
    ///   exceed it, however large it turns out to be.
    init(store: any ContentReader, library: MediaLibrary, limitBytes: Int = 64 << 20) {
        self.store = store
        self.library = library
        state = Mutex(State(share: FairShare(.contentMemory, capacity: limitBytes)))
        estimate = max(min(1 << 20, limitBytes / 8), 1)
    }

    /// What is counted at this moment, in octets.
    var heldBytes: Int { state.withLock { $0.share.held } }
    /// Contents that wait for room at this moment.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// The content of a claim's batch as the MMSC wants it; `giveBack` has to follow when nothing of it is in use any
    /// more.
    ///
    /// - Parameter generation: that of the directory which the profile is from.
    /// - Throws: `ContentFailure`, or what reading throws.
    func content(of claim: Claim, profile: Profile, generation: Int) async throws -> LentContent {
        let key = Key(batch: claim.batch, revision: claim.revision, mmsc: claim.mmsc, directory: generation)
        let entry = state.withLock { state in
            state.use(key) { number in
                let customer = claim.queue.customer
                // Every caller awaits this task; it ends when the content has been read.
                let loading = Task {
                    try await self.load(claim.batch, as: number, for: key, of: customer, profile: profile)
                }
                return Entry(number: number, customer: customer, loading: loading, lastUse: number)
            }
        }
        if let content = entry.content { return LentContent(content: content, key: key, number: entry.number) }
        return LentContent(content: try await entry.loading.value, key: key, number: entry.number)
    }

    func giveBack(_ lent: LentContent) {
        let entering = state.withLock { state -> [Waiter] in
            state.end(lent)
            // Nearly always nobody waits and everything fits.
            return state.waiting.count == 0 && state.share.held <= state.share.capacity ? [] : state.makeRoom(estimate)
        }
        for waiter in entering { waiter.resume(returning: true) }
    }

    /// Ends the waits for room that have lasted since the previous call. It is called each second, so that no wait
    /// lasts two.
    func endLongWaits() {
        let leaving = state.withLock { $0.endLongWaits() }
        for waiter in leaving { waiter.resume(returning: false) }
    }

    /// The most contents that are kept while nobody uses them, however little memory they take.
    fileprivate static let idleLimit = 256

    private func load(
        _ batch: Batch.ID, as number: Int, for key: Key, of customer: Int, profile: Profile
    ) async throws -> BatchContent {
        guard await enter(customer) else {
            state.withLock { $0.settle(key, number, nil) }
            throw ContentFailure.noRoom
        }
        do {
            let content = try await read(batch, profile: profile)
            settle(key, number, of: customer, content)
            return content
        } catch {
            settle(key, number, of: customer, nil)
            throw error
        }
    }

    private func read(_ batch: Batch.ID, profile: Profile) async throws -> BatchContent {
        guard let (batch, media) = try await store.content(of: batch) else { throw ContentFailure.missing }
        var read: [ReadMedium] = []
        for medium in media {
            let bytes = try await library.bytes(of: medium)
            read.append(ReadMedium(bytes: bytes, contentType: medium.contentType, name: medium.name))
        }
        return try BatchContent(batch, media: read, profile: profile)
    }

    /// Returns true when there is room for one more content of the customer, which is counted with its estimate from
    /// then on; false when there was no room in time.
    private func enter(_ customer: Int) async -> Bool {
        await withCheckedContinuation { continuation in
            let entering = state.withLock { state in
                state.waiting.append(continuation, of: customer, at: customer)
                return state.makeRoom(estimate)
            }
            for waiter in entering { waiter.resume(returning: true) }
        }
    }

    /// Counts what a content really holds, in place of the estimate.
    ///
    /// - Parameter content: nil where it could not be read; the next caller who wants it reads it again.
    private func settle(_ key: Key, _ number: Int, of customer: Int, _ content: BatchContent?) {
        let entering = state.withLock { state in
            state.share.giveBack(estimate, of: customer, at: customer, after: .silent)
            state.settle(key, number, content)
            return state.makeRoom(estimate)
        }
        for waiter in entering { waiter.resume(returning: true) }
    }
}

/// A content that somebody uses.
struct LentContent: Sendable {
    let content: BatchContent
    fileprivate let key: ContentCache.Key
    fileprivate let number: Int
}

extension ContentCache.State {
    /// One more use of a content; of a new one, its loading begins.
    fileprivate mutating func use(
        _ key: ContentCache.Key, beginning: (_ number: Int) -> ContentCache.Entry
    ) -> ContentCache.Entry {
        uses += 1
        var entry = entries[key] ?? beginning(uses)
        if entry.users == 0, entry.content != nil { idleCount -= 1 }
        entry.users += 1
        entry.lastUse = uses
        entries[key] = entry
        return entry
    }

    fileprivate mutating func end(_ lent: LentContent) {
        // It could not be read and is forgotten; another may have begun it anew.
        guard var entry = entries[lent.key], entry.number == lent.number else { return }
        entry.users -= 1
        entries[lent.key] = entry
        guard entry.users == 0 else { return }
        idleCount += 1
        guard idleCount > ContentCache.idleLimit else { return }
        // Half of them at once, because finding those used longest ago means looking at all.
        let idle = entries.filter { $0.value.users == 0 && $0.value.content != nil }
            .sorted { $0.value.lastUse < $1.value.lastUse }
        for (key, entry) in idle.prefix(ContentCache.idleLimit / 2) { drop(key, entry) }
    }

    /// Counts a content that was read, or forgets one that could not be read. The caller who began to read it calls
    /// this, once.
    fileprivate mutating func settle(_ key: ContentCache.Key, _ number: Int, _ content: BatchContent?) {
        guard var entry = entries[key], entry.number == number else { return }
        guard let content else {
            entries[key] = nil
            return
        }
        entry.content = content
        entry.byteCount = content.byteCount
        entries[key] = entry
        share.take(entry.byteCount, for: entry.customer, at: entry.customer)
    }

    fileprivate mutating func endLongWaits() -> [ContentCache.Waiter] {
        defer { lastSeen = waiting.lastNumber }
        return waiting.removeAll(through: lastSeen)
    }

    private mutating func drop(_ key: ContentCache.Key, _ entry: ContentCache.Entry) {
        entries[key] = nil
        idleCount -= 1
        share.giveBack(entry.byteCount, of: entry.customer, at: entry.customer, after: .silent)
    }

    /// Drops contents that nobody uses, those used longest ago first, while the total is too large or somebody waits;
    /// returns the waiters for whom there is room then, each counted with the estimate.
    fileprivate mutating func makeRoom(_ estimate: Int) -> [ContentCache.Waiter] {
        while share.held > share.capacity, evict(of: nil) {}
        var entering: [ContentCache.Waiter] = []
        while waiting.count > 0 {
            if let waiter = waiting.enter(&share, permits: estimate) {
                entering.append(waiter)
            } else if !(share.held < share.capacity ? waiting.owners.contains { evict(of: $0) } : evict(of: nil)) {
                break
            }
        }
        return entering
    }

    /// - Parameter customer: nil for any customer.
    /// - Returns: whether there was one to drop.
    private mutating func evict(of customer: Int?) -> Bool {
        var oldest: (key: ContentCache.Key, entry: ContentCache.Entry)?
        for (key, entry) in entries where entry.users == 0 && entry.content != nil {
            if let customer, entry.customer != customer { continue }
            if oldest.map({ entry.lastUse < $0.entry.lastUse }) ?? true { oldest = (key, entry) }
        }
        guard let oldest else { return false }
        drop(oldest.key, oldest.entry)
        return true
    }
}
