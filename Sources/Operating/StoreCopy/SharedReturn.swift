import GatewayCore
import Media
import PostgresStore

/// Media and keys that gateways shared in a database, on their way into the data directory of the one that goes on by
/// itself. What is there stays, so a copy that is run again goes on where it was broken off.
struct SharedReturn {
    let media: PostgresMedia
    let directory: String

    func run() async throws(StoreFailure) {
        for key in try await media.keys() {
            try onDisk { () throws(DiskFailure) in try KeyFile.putBack(key.octets, as: key.name, in: directory) }
        }
        var hashes = try await media.hashes(after: "")
        guard !hashes.isEmpty else { return }
        let library = try onDisk { () throws(DiskFailure) in try MediaLibrary(dataDirectory: directory) }
        while let last = hashes.last {
            for hash in hashes where !library.hasFile(of: hash) {
                guard let bytes = try await media.bytes(of: hash) else {
                    throw .unavailable(
                        "the bucket of media.shared_storage has lost the content \(hash), which the database names")
                }
                try onDisk { () throws(DiskFailure) in try library.putBack(bytes, as: hash) }
            }
            hashes = try await media.hashes(after: last)
        }
    }

    private func onDisk<Value>(_ work: () throws(DiskFailure) -> Value) throws(StoreFailure) -> Value {
        do throws(DiskFailure) { return try work() } catch { throw .unavailable(error.description) }
    }
}
