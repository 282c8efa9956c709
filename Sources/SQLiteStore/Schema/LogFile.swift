import Glibc

/// SQLite's write-ahead log as a file: enough of its form to see whether it is one. (sqlite.org/fileformat2, section 4)
struct LogFile {
    private let path: String
    private let pageBytes: Int
    private let salts: (UInt32, UInt32)

    private static let headBytes = 32
    private static let frameHeadBytes = 24
    /// A reset of the log raises the first salt by one.
    private static let mostResets: UInt32 = 1 << 24

    /// Nil for a file without the header of a log, or with a wrong checksum in it.
    init?(path: String) {
        guard let head = Self.read(path, from: 0, count: Self.headBytes), head.count == Self.headBytes else {
            return nil
        }
        let words = (0..<8).map { Self.word(head, at: $0 * 4) }
        guard words[0] | 1 == 0x377f_0683, words[1] == 3_007_000, words[2].nonzeroBitCount == 1,
            (512...65_536).contains(words[2])
        else { return nil }
        let isBigEndian = words[0] & 1 == 1
        var sums: (UInt32, UInt32) = (0, 0)
        for offset in stride(from: 0, to: 24, by: 8) {
            let pair = [offset, offset + 4].map { offset in
                isBigEndian ? Self.word(head, at: offset) : Self.word(head, at: offset).byteSwapped
            }
            sums.0 = sums.0 &+ pair[0] &+ sums.1
            sums.1 = sums.1 &+ pair[1] &+ sums.0
        }
        guard sums == (words[6], words[7]) else { return nil }
        self.path = path
        pageBytes = Int(words[2])
        salts = (words[4], words[5])
    }

    /// What follows the frames that SQLite found good and cannot come from a write that a crash cut off; nil when there
    /// is nothing of that kind.
    ///
    /// - Parameter goodFrames: how many SQLite found.
    func damage(behind goodFrames: Int) -> String? {
        guard let bytes = Self.size(of: path) else { return nil }
        let frameBytes = Self.frameHeadBytes + pageBytes
        var (offset, commits) = (Self.headBytes + goodFrames * frameBytes, 0)
        while offset + Self.frameHeadBytes <= bytes {
            guard let head = Self.read(path, from: offset, count: Self.frameHeadBytes),
                head.count == Self.frameHeadBytes
            else { return nil }
            let found = (Self.word(head, at: 8), Self.word(head, at: 12))
            if found == salts {
                // A crash cuts off one transaction, whose last frame may be there without the frames before it.
                if Self.word(head, at: 4) != 0 { commits += 1 }
                if commits > 1 { return "has committed entries behind one that cannot be read" }
            } else if head.contains(where: { $0 != 0 }), !isLeftOver(found.0) {
                return "has something in it that is no entry"
            }
            offset += frameBytes
        }
        return nil
    }

    /// Whether an entry is left over from an earlier use of the log.
    private func isLeftOver(_ salt: UInt32) -> Bool { (1...Self.mostResets).contains(salts.0 &- salt) }

    private static func word(_ bytes: [UInt8], at offset: Int) -> UInt32 {
        bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func size(of path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    private static func read(_ path: String, from offset: Int, count: Int) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: count)
        let read = pread(descriptor, &bytes, count, off_t(offset))
        return read < 0 ? nil : Array(bytes.prefix(read))
    }
}
