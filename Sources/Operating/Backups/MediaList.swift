import FoundationEssentials
import Media

/// The media of a backup: which contents there are, and how long each is. Their files are beside all backups of a
/// folder, each content once.
struct MediaList {
    static let name = "media.list"
    /// Room for 25 million contents.
    private static let mostBytes = 2 << 30

    /// A hash in 32 octets, so that millions find room in memory.
    struct Hash: Hashable, Comparable {
        private let words: (UInt64, UInt64, UInt64, UInt64)

        /// Nil for what is no SHA-256 in hexadecimal digits.
        init?(_ text: some StringProtocol) {
            guard text.utf8.count == 64, text.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
            else { return nil }
            var words: [UInt64] = []
            for part in 0..<4 {
                let start = text.utf8.index(text.startIndex, offsetBy: part * 16)
                let end = text.utf8.index(start, offsetBy: 16)
                guard let word = UInt64(text[start..<end], radix: 16) else { return nil }
                words.append(word)
            }
            self.words = (words[0], words[1], words[2], words[3])
        }

        static func == (one: Hash, other: Hash) -> Bool { one.words == other.words }
        static func < (one: Hash, other: Hash) -> Bool { one.words < other.words }

        func hash(into hasher: inout Hasher) {
            // The octets of a SHA-256 are evenly spread.
            hasher.combine(words.0)
        }

        var text: String {
            [words.0, words.1, words.2, words.3].map { word in
                let digits = String(word, radix: 16)
                return String(repeating: "0", count: 16 - digits.count) + digits
            }.joined()
        }
    }

    /// The length of each content.
    private(set) var bytes: [Hash: Int] = [:]

    init() {}

    /// - Throws: when a line is not as it was written.
    init(_ text: [UInt8]) throws(BackupFailure) {
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let words = String(decoding: line, as: UTF8.self).split(separator: " ")
            guard words.count == 2, let hash = Hash(words[0]), let count = Int(words[1]), count >= 0 else {
                throw BackupFailure("\(Self.name) has a line that is no content")
            }
            bytes[hash] = count
        }
    }

    init(inFolder folder: String) throws(BackupFailure) {
        try self.init(try FileCopy.octets(of: "\(folder)/\(Self.name)", most: Self.mostBytes))
    }

    mutating func add(_ hash: Hash, bytes count: Int) { bytes[hash] = count }

    var count: Int { bytes.count }

    var totalBytes: Int { bytes.values.reduce(0, +) }

    /// The hashes in their order.
    var hashes: [Hash] { bytes.keys.sorted() }

    func contains(_ hash: String) -> Bool { Hash(hash).map { bytes[$0] != nil } ?? false }

    var text: [UInt8] {
        hashes.reduce(into: []) { $0 += "\($1.text) \(bytes[$1] ?? 0)\n".utf8 }
    }

    /// Waits until contents of a media folder are on the disk, with their names.
    static func sync(_ hashes: [Hash], in folder: String) throws(BackupFailure) {
        let shelves = Set(hashes.map { "\(folder)/media/\($0.text.prefix(2))" })
        try FileCopy.sync(hashes.lazy.map { path(of: $0, in: folder) })
        for path in shelves { try FileCopy.sync(path) }
        if !shelves.isEmpty { try FileCopy.sync("\(folder)/media") }
    }

    /// Whether a name in a media folder is that of a shelf; whatever else lies there is somebody else's.
    static func isShelf(_ name: String) -> Bool { name.utf8.count == 2 && UInt8(name, radix: 16) != nil }

    /// The file of a content, in a media folder with 256 shelves.
    static func path(of hash: Hash, in folder: String) -> String {
        let text = hash.text
        return "\(folder)/media/\(text.prefix(2))/\(text)"
    }
}
