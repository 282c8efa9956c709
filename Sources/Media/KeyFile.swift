import Glibc

/// A key that the gateway makes for itself at the first start and keeps in the data directory.
package struct KeyFile: Sendable {
    /// The name of the file.
    let name: String
    /// What it is, as it follows "the": `key of media links`.
    let noun: String
    /// What a new key in its place does, as it follows "which".
    let loss: String

    package init(_ name: String, the noun: String, loss: String) {
        self.name = name
        self.noun = noun
        self.loss = loss
    }

    /// The key, and whether it was made just now because there was none.
    ///
    /// The file is written under another name, synced and renamed: it is whole or not there. One gateway at a time has
    /// the directory.
    ///
    /// - Throws: when the file can be neither read nor kept, also when it has something else in it.
    package func octets(in directory: String) throws(DiskFailure) -> (octets: [UInt8], isNew: Bool) {
        if let kept = try kept(in: directory) { return (kept, false) }
        let octets = Self.made()
        try write(octets, in: directory)
        return (octets, true)
    }

    func write(_ octets: [UInt8], in directory: String) throws(DiskFailure) {
        let path = "\(directory)/\(name)"
        unlink(path + ".draft")
        try MediaFile.write(octets, to: path + ".draft")
        guard rename(path + ".draft", path) == 0 else { throw DiskFailure("rename the \(noun)") }
        try MediaFile.syncFolder(directory)
    }

    /// The key that was made before; nil where none was.
    ///
    /// - Throws: when there is something that cannot be read, or is none.
    package func kept(in directory: String) throws(DiskFailure) -> [UInt8]? {
        let path = "\(directory)/\(name)"
        var status = stat()
        // The file may be a symbolic link, as mounted secrets are. A broken link does not mean that no key was made.
        guard lstat(path, &status) == 0 else { return nil }
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size == Self.octetCount else {
            throw DiskFailure(
                inDataDirectory:
                    "\(path) is not the \(noun) that a gateway wrote; put its backup in its place, or move it away to "
                    + "have a new one made, which \(loss)")
        }
        return try MediaFile.read(path, byteCount: Self.octetCount)
    }

    /// A new key.
    static func made() -> [UInt8] {
        var random = SystemRandomNumberGenerator()
        return (0..<octetCount).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }

    static let octetCount = 32

    package static let links = KeyFile(
        "media.key", the: "key of media links", loss: "ends the links that were given out")
    package static let apps = KeyFile(
        "apps.key", the: "key of apps", loss: "loses the apps and webhooks that were made through the API")
}
