import Crypto
import FoundationEssentials
package import GatewayCore
package import Media

/// The keys that seal links to media: the first key seals, each of them opens. With two keys, one can be replaced while
/// links sealed with the old one stay valid.
package struct LinkKeys: Sendable {
    let first: SymmetricKey
    private let others: [SymmetricKey]
    /// Whether the key was made just now, because the data directory had none: links that were given out before are
    /// invalid.
    package let isNew: Bool

    var all: [SymmetricKey] { [first] + others }

    init(_ first: SymmetricKey, others: [SymmetricKey] = [], isNew: Bool = false) {
        self.isNew = isNew
        self.first = first
        self.others = others
    }

    /// Takes the keys of the configuration or, if it has none, the key in the data directory, which is made at the
    /// first start.
    ///
    /// - Throws: `DiskFailure` when that key can be neither read nor kept, also when the file has something else in it.
    package init(configured: [Secret], dataDirectory: String) throws(DiskFailure) {
        let keys = configured.map { SymmetricKey(data: Data($0.reveal().utf8)) }
        if let first = keys.first {
            self.init(first, others: Array(keys.dropFirst()))
        } else {
            let (octets, isNew) = try Self.file.octets(in: dataDirectory)
            self.init(SymmetricKey(data: octets), isNew: isNew)
        }
    }

    private static let file = KeyFile(
        "media.key", the: "key of media links", loss: "ends the links that were given out")
}
