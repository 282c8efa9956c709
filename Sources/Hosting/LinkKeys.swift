import Crypto
import FoundationEssentials
package import GatewayCore
import Glibc
package import Media

/// What links to media are sealed with: the first key seals, each of them opens. With two a key can be changed without
/// the end of the links that were sealed with the old one.
package struct LinkKeys: Sendable {
    let first: SymmetricKey
    private let others: [SymmetricKey]

    var all: [SymmetricKey] { [first] + others }

    init(_ first: SymmetricKey, others: [SymmetricKey] = []) {
        self.first = first
        self.others = others
    }

    /// The keys of the configuration, or without any the one that the data directory keeps, made at the first start.
    ///
    /// - Throws: `DiskFailure` when that key can be neither read nor kept.
    package init(configured: [Secret], dataDirectory: String) throws(DiskFailure) {
        let keys = configured.map { SymmetricKey(data: Data($0.reveal().utf8)) }
        if let first = keys.first {
            self.init(first, others: Array(keys.dropFirst()))
        } else {
            self.init(SymmetricKey(data: try Self.keptOctets(in: dataDirectory)))
        }
    }

    /// The file is written under another name, synced and renamed: it is whole or not there. One gateway at a time has
    /// the directory.
    private static func keptOctets(in directory: String) throws(DiskFailure) -> [UInt8] {
        let (path, draft) = ("\(directory)/media.key", "\(directory)/media.key.draft")
        if access(path, F_OK) == 0 { return try File.read(path, byteCount: octetCount) }
        var random = SystemRandomNumberGenerator()
        let octets = (0..<octetCount).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        unlink(draft)
        try File.write(octets, to: draft)
        guard rename(draft, path) == 0 else { throw DiskFailure("rename the key of media links") }
        try File.syncFolder(directory)
        return octets
    }

    private static let octetCount = 32
}
