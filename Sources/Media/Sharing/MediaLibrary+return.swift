import Crypto
import GatewayCore
import Glibc

/// What gateways shared comes back to the data directory of one that goes on by itself. These calls block.
extension MediaLibrary {
    package func hasFile(of hash: String) -> Bool { access(path(of: hash), F_OK) == 0 }

    /// - Throws: also where the bytes are not what the name says.
    package func putBack(_ bytes: [UInt8], as hash: String) throws(DiskFailure) {
        guard SHA256.hash(data: bytes).hexadecimal == hash else { throw DiskFailure(otherContentAs: hash) }
        try write(bytes[...], to: path(of: hash))
    }
}

extension KeyFile {
    /// Writes the file of a key that gateways shared, unless it is there.
    ///
    /// - Throws: also where there is another key.
    package static func putBack(_ octets: [UInt8], as name: String, in directory: String) throws(DiskFailure) {
        guard let file = [KeyFile.links, .apps].first(where: { $0.name == name }) else {
            throw DiskFailure(inDataDirectory: "the database has a key \(name), which this release does not know")
        }
        let checked = try file.checked(octets)
        guard let own = try file.kept(in: directory) else { return try file.write(checked, in: directory) }
        guard own == checked else {
            throw DiskFailure(
                inDataDirectory:
                    "\(directory)/\(name) is another \(file.noun) than the one in the database; move the file away, to have "
                    + "the one of the database in its place")
        }
    }
}
