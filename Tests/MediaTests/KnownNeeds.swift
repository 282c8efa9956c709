import GatewayCore
import Synchronization

/// Knows what is needed, or does something when it is asked.
final class KnownNeeds: MediaNeeds {
    private let hashes: Set<String>
    private let failure: StoreFailure?
    private let whenAsked: @Sendable () async -> Void
    private let asked = Mutex<[[String]]>([])

    init(
        _ hashes: Set<String> = [], failing failure: StoreFailure? = nil,
        whenAsked: @escaping @Sendable () async -> Void = {}
    ) {
        self.hashes = hashes
        self.failure = failure
        self.whenAsked = whenAsked
    }

    var questions: [[String]] { asked.withLock { $0 } }

    func needed(among hashes: [String]) async throws(StoreFailure) -> Set<String> {
        asked.withLock { $0.append(hashes) }
        await whenAsked()
        if let failure { throw failure }
        return self.hashes.intersection(hashes)
    }
}
