import Crypto
import FoundationEssentials
package import GatewayCore
package import Media

/// The keys that seal links to media: the first key seals, each of them opens. With two keys, one can be replaced while
/// links sealed with the old one stay valid.
package struct LinkKeys: Sendable {
    let first: SymmetricKey
    private let others: [SymmetricKey]
    /// Whether the key was made just now, because there was none: links that were given out before are invalid.
    package let isNew: Bool

    var all: [SymmetricKey] { [first] + others }

    init(_ first: SymmetricKey, others: [SymmetricKey] = [], isNew: Bool = false) {
        self.isNew = isNew
        self.first = first
        self.others = others
    }

    /// Takes the keys of the configuration or, if it has none, the key that the gateway keeps for itself, which is made
    /// at the first start.
    ///
    /// - Parameter keys: what keeps the key for all gateways that share a database; nil for the data directory.
    /// - Throws: `DiskFailure` when that key can be neither read nor kept, also when the file has something else in it.
    package init(
        configured: [Secret], dataDirectory: String, sharedBy keys: (any SharedKeys)?
    ) async throws(DiskFailure) {
        if let keys = LinkKeys(configured: configured) {
            self = keys
        } else {
            let (octets, isNew) = try await KeyFile.links.octets(in: dataDirectory, sharedBy: keys)
            self.init(SymmetricKey(data: octets), isNew: isNew)
        }
    }

    /// The same for a gateway by itself.
    package init(configured: [Secret], dataDirectory: String) throws(DiskFailure) {
        if let keys = LinkKeys(configured: configured) {
            self = keys
        } else {
            let (octets, isNew) = try KeyFile.links.octets(in: dataDirectory)
            self.init(SymmetricKey(data: octets), isNew: isNew)
        }
    }

    private init?(configured: [Secret]) {
        let keys = configured.map { SymmetricKey(data: Data($0.reveal().utf8)) }
        guard let first = keys.first else { return nil }
        self.init(first, others: Array(keys.dropFirst()))
    }
}
