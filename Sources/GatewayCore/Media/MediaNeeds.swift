/// Knows which stored media is still needed, so that what is not may be removed.
package protocol MediaNeeds: Sendable {
    /// Those of the hashes that something open needs: a batch that is not over, or of which somebody is still to be
    /// notified.
    func needed(among hashes: [String]) async throws(StoreFailure) -> Set<String>
}
