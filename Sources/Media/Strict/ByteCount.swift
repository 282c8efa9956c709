/// A number of bytes in the words of the configuration: `740 kB`, where k is 1,000.
struct ByteCount: CustomStringConvertible {
    let bytes: Int

    init(_ bytes: Int) {
        self.bytes = bytes
    }

    /// In the largest unit that leaves no rest.
    var description: String {
        if bytes > 0, bytes.isMultiple(of: 1_000_000) { return "\(bytes / 1_000_000) MB" }
        if bytes > 0, bytes.isMultiple(of: 1000) { return "\(bytes / 1000) kB" }
        return "\(bytes) bytes"
    }

    /// The number in the unit of a limit that it exceeds: in bytes where the limit is in bytes, else in kilobytes,
    /// rounded up.
    func description(besides limit: Int) -> String {
        limit.isMultiple(of: 1000) ? "\((bytes - 1) / 1000 + 1) kB" : "\(bytes) bytes"
    }
}
