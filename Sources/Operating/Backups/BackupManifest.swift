import FoundationEssentials
import GatewayCore
import HTTPServing
import SQLStore
import SQLiteStore

/// What a backup holds, written last: a folder without it is no backup.
package struct BackupManifest: Codable, Sendable, Equatable {
    /// Raised when an older program could not restore it.
    package static let format = 1

    package var format = Self.format
    /// The program that made it.
    package var version: String
    /// The schema of the database.
    package var schema: Int
    /// In UTC, ISO 8601: everything that was accepted before is in it.
    package var createdAt: String
    package var counts: Counts
    package var media: Media
    var files: [CopiedFile]

    package struct Counts: Codable, Sendable, Equatable {
        package var batches: Int
        package var messages: Int
        /// Messages that no MMSC had taken: in doubt after a restore.
        package var waiting: Int
        package var inbounds: Int

        init(_ facts: DatabaseCopy.Facts) {
            batches = facts.batches
            messages = facts.messages
            waiting = facts.waiting
            inbounds = facts.inbounds
        }
    }

    package struct Media: Codable, Sendable, Equatable {
        /// Those in `media.list`.
        package var files: Int
        package var bytes: Int
        /// Contents that messages needed and that the data directory did not have, or not as they were stored.
        package var missing: [String]
    }

    enum CodingKeys: String, CodingKey {
        case format, version, schema
        case createdAt = "created_at"
        case counts, media, files
    }

    static let name = "manifest.json"
    private static let mostBytes = 64 << 20

    var text: [UInt8] { JSONText.bytes(of: self) + Array("\n".utf8) }

    /// - Throws: when the file is not there, is none, says what no backup says, or is of a later program.
    init(inFolder folder: String) throws(BackupFailure) {
        let path = "\(folder)/\(Self.name)"
        let data = Data(try FileCopy.octets(of: path, most: Self.mostBytes))
        struct Head: Decodable { var format: Int }
        do {
            let format = try JSONDecoder().decode(Head.self, from: data).format
            guard format <= Self.format else {
                throw BackupFailure(
                    "\(path) has the format \(format), this release reads those up to \(Self.format): use the release "
                        + "that made it")
            }
            self = try JSONDecoder().decode(BackupManifest.self, from: data)
            if let fault { throw BackupFailure("\(path) is damaged: it \(fault)") }
        } catch let failure as BackupFailure {
            throw failure
        } catch {
            throw BackupFailure("\(path) is not the manifest of a backup")
        }
    }

    init(
        version: String, createdAt: Date, facts: DatabaseCopy.Facts, media: Media, files: [CopiedFile]
    ) {
        self.version = version
        self.createdAt = createdAt.inUTC
        schema = facts.schema
        counts = Counts(facts)
        self.media = media
        self.files = files
    }

    /// What an operator reads of it.
    package var summary: String {
        let size = (files.reduce(0) { $0 + $1.bytes } + media.bytes) / 1_000_000
        return "\(counts.messages) messages in \(counts.batches) batches (\(counts.waiting) not sent yet), "
            + "\(counts.inbounds) inbound messages, \(media.files) media files, \(size) MB"
    }
}
