import SQLStore
import SQLiteStore

/// What a manifest may say. It is read as what anybody may have written who can write to the folder of the backups.
extension BackupManifest {
    /// What it says that no backup says, as it follows "it"; nil where there is nothing.
    var fault: String? {
        for file in files {
            let name = String(file.name.prefix(100)).fitForTerminal
            guard Self.isName(file.name) else { return "names the file \(name), which is not in the backup's folder" }
            guard Self.lengths.contains(file.bytes) else { return "gives \(name) a length that no file has" }
        }
        let names = Set(files.map(\.name))
        guard names.count == files.count else { return "names a file twice" }
        for name in [RestoredDirectory.databaseName, MediaList.name] where !names.contains(name) {
            return "does not name \(name)"
        }
        guard Self.lengths.contains(media.bytes) else { return "gives the media a length that no files have" }
        guard media.missing.allSatisfy({ MediaList.Hash($0) != nil }) else {
            return "names a missing media file by what is no SHA-256"
        }
        return nil
    }

    /// Up to a petabyte, so that sums of them are numbers too.
    private static let lengths = 0...(1 << 50)

    /// Whether a name leads to a place below the folder of the backup: words of letters, digits, dots, dashes and
    /// underscores between slashes, none of which begins with a dot.
    private static func isName(_ text: String) -> Bool {
        text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { word in
            word.first.map { $0 != UInt8(ascii: ".") } == true
                && word.allSatisfy { octet in
                    (48...57).contains(octet) || (97...122).contains(octet | 0x20) || "._-".utf8.contains(octet)
                }
        }
    }

    /// The file that is named so; nil where the backup has none.
    func file(named name: String) -> CopiedFile? { files.first { $0.name == name } }
}

extension BackupManifest {
    /// What an operator has to know of contents that no backup has; nil where nothing is missing.
    package var warning: String? {
        let missing = media.missing
        guard let first = missing.first else { return nil }
        let (files, are) = missing.count == 1 ? ("media file", "is") : ("media files", "are")
        let more = missing.count > 5 ? " and \(missing.count - 5) more" : ""
        return
            "\(missing.count) \(files) that messages need \(are) not in it, because the data directory had none, or a "
            + "damaged one, when it was made: "
            + (missing.count == 1 ? first : missing.prefix(5).joined(separator: ", ") + more)
    }
}
