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

    /// To be read beside a limit that it exceeds: in bytes when the limit is, else in kilobytes, of which a part counts
    /// as one.
    func description(besides limit: Int) -> String {
        limit.isMultiple(of: 1000) ? "\((bytes - 1) / 1000 + 1) kB" : "\(bytes) bytes"
    }
}
