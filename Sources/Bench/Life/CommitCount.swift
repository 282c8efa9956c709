import Glibc

/// How many transactions wrote to a database, read from the index of its log beside the process that has it open.
enum CommitCount {
    /// The change counter of the index, which every commit raises by one. (sqlite.org/walformat, 2.1)
    private static let offset = 8

    /// Modulo 2 to the 32nd; nil where there is no log.
    ///
    /// - Warning: not in a process that has the database open itself: closing the file would drop SQLite's locks.
    static func read(in dataDirectory: String) -> UInt32? {
        guard let file = fopen(dataDirectory + "/gateway.sqlite-shm", "rb") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: offset + 4)
        guard fread(&bytes, 1, bytes.count, file) == bytes.count else { return nil }
        return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self) }
    }
}
