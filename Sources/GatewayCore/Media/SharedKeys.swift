/// Keys that gateways make for themselves and share.
package protocol SharedKeys: Sendable {
    /// The key of that name; nil where none was made.
    func key(_ name: String) async throws(StoreFailure) -> [UInt8]?
    /// The key of that name. Where there is none, the given one is kept as it: of several gateways that give one at once,
    /// the first one's is everybody's.
    ///
    /// - Returns: also whether the given one was kept.
    func key(_ name: String, orKeep octets: [UInt8]) async throws(StoreFailure) -> (octets: [UInt8], isNew: Bool)
}
