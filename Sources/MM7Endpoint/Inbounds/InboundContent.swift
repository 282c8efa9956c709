import MM7
import Media

/// The content of a handset's message, in the order in which it is shown: its texts, joined, and its files.
struct InboundContent: Sendable {
    let text: String?
    let attachments: [Attachment]

    struct Attachment: Sendable {
        /// Checked against the bytes.
        let contentType: String
        let name: String
        /// A slice of the message as it came.
        let bytes: ArraySlice<UInt8>
    }

    /// The presentation and empty parts are left out. Text beyond the limit becomes a file.
    init(_ message: ReceivedMessage) {
        var texts: [String] = []
        var attachments: [Attachment] = []
        var room = Self.longestTextBytes
        for part in message.media where !part.bytes.isEmpty {
            if part.bytes.count <= room, let text = Self.text(of: part) {
                room -= part.bytes.count
                if !text.isEmpty { texts.append(text) }
            } else {
                attachments.append(
                    Attachment(
                        contentType: MediaType.checked(part.contentType.essence, of: part.bytes),
                        name: part.name ?? part.fileName ?? "file", bytes: part.bytes))
            }
        }
        text = texts.isEmpty ? nil : texts.joined(separator: "\n")
        self.attachments = attachments
    }

    /// The limit of all texts together. A row of the store holds them, and a webhook has all of them at once.
    private static let longestTextBytes = 64 << 10

    /// The text of a part; nil for a part that is no plain text. Some peers give text files no type.
    private static func text(of part: Part) -> String? {
        var part = part
        if part.contentType.essence == "application/octet-stream",
            [part.name, part.contentLocation, part.contentID].contains(where: {
                $0?.lowercased().hasSuffix(".txt") ?? false
            })
        {
            part.contentType.type = "text"
            part.contentType.subtype = "plain"
        }
        guard part.contentType.essence == "text/plain", MediaFormat(startOf: part.bytes) == nil else { return nil }
        return part.text?.withoutNUL
    }
}

extension String {
    /// The text without NUL, at which the store would end it. The search is by octets, since a combining mark after it
    /// would form one character with it.
    var withoutNUL: String {
        utf8.contains(0) ? String(String.UnicodeScalarView(unicodeScalars.filter { $0 != "\0" })) : self
    }
}

extension ReceivedMessage {
    /// Copies small parts, so that the body is freed where no large part is a slice of it: otherwise a presentation of
    /// a few lines would keep it in memory beside the picture that was decoded from it.
    mutating func copySmallParts() {
        for index in content.indices where content[index].bytes.count <= Self.smallBytes {
            content[index].bytes = Array(content[index].bytes)[...]
        }
    }

    private static let smallBytes = 16 << 10
}
