package import FoundationEssentials

/// Media that several gateways share, each content once, named by its SHA-256 in 64 hexadecimal digits.
///
/// What a call has kept or renewed survives a crash, and every gateway that shares it can read it.
package protocol SharedMedia: Sendable {
    /// Keeps content and begins its age. Content that is kept already is renewed.
    func keep(_ bytes: [UInt8], as hash: String) async throws(StoreFailure)
    /// Begins the age of content again, unless that is less than half an hour; false where it is not kept.
    func renew(_ hash: String) async throws(StoreFailure) -> Bool
    /// Nil for content that is not kept (any more). The caller compares it with its name.
    func bytes(of hash: String) async throws(StoreFailure) -> [UInt8]?
    /// Says which shared media these are: a value that no others have.
    func identity() async throws(StoreFailure) -> String
    /// From now on these are other shared media: what gateways have of them is kept there again.
    func changeIdentity() async throws(StoreFailure)
    /// Those of the hashes that are not kept.
    func missing(among hashes: [String]) async throws(StoreFailure) -> Set<String>

    /// The bytes of all that is kept.
    func totalBytes() async throws(StoreFailure) -> Int
    /// Content that was stored so long ago, the longest first. The earlier of the two clocks, the shared and the caller's,
    /// counts: either may be ahead, and make what is young look old.
    ///
    /// - Parameters:
    ///   - age: the time since the content was stored, at the least.
    ///   - now: the caller's.
    ///   - last: the last of the slice before; nil for the first.
    func content(
        olderThan age: Duration, now: Date, after last: SharedMedium?, limit: Int
    ) async throws(StoreFailure) -> [SharedMedium]
    /// Removes those that nobody has stored again since they were listed; returns them.
    func remove(_ media: [SharedMedium]) async throws(StoreFailure) -> [SharedMedium]
    /// Removes what no content has, such as the bytes of content that was removed, and what a crash left behind.
    func removeLoose() async throws(StoreFailure)
}

/// Shared content as a list has it.
package struct SharedMedium: Sendable, Hashable {
    package let hash: String
    package let byteCount: Int
    /// When it was last stored, by the shared clock: UTC milliseconds.
    package let storedAt: Int64

    package init(hash: String, byteCount: Int, storedAt: Int64) {
        self.hash = hash
        self.byteCount = byteCount
        self.storedAt = storedAt
    }
}
