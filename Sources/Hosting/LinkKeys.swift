import Crypto
import FoundationEssentials
package import GatewayCore
import Glibc
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
            let (octets, isNew) = try Self.keptOctets(in: dataDirectory)
            self.init(SymmetricKey(data: octets), isNew: isNew)
        }
    }

    /// The file is written under another name, synced and renamed: it is whole or not there. One gateway at a time has
    /// the directory.
    private static func keptOctets(in directory: String) throws(DiskFailure) -> (octets: [UInt8], isNew: Bool) {
        let (path, draft) = ("\(directory)/media.key", "\(directory)/media.key.draft")
        var status = stat()
        // The file may be a symbolic link, as mounted secrets are. A broken link does not mean that no key was made.
        if lstat(path, &status) == 0 {
            guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size == octetCount else {
                throw DiskFailure(
                    inDataDirectory:
                        "\(path) is not the key of media links that a gateway wrote; put its backup in its "
                        + "place, or move it away to have a new one made, which ends the links that were given out")
            }
            return (try MediaFile.read(path, byteCount: octetCount), false)
        }
        var random = SystemRandomNumberGenerator()
        let octets = (0..<octetCount).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        unlink(draft)
        try MediaFile.write(octets, to: draft)
        guard rename(draft, path) == 0 else { throw DiskFailure("rename the key of media links") }
        try MediaFile.syncFolder(directory)
        return (octets, true)
    }

    private static let octetCount = 32
}
