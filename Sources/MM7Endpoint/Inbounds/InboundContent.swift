import MM7
import Media

/// What a handset's message is made of, in the order in which it is shown: its texts, joined, and its files.
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

    /// The presentation is none of it, and neither are empty parts. Text beyond the limit is a file like others.
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

    /// Nil for what is no plain text. Some peers give text files no type.
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
    /// The store would end a text there. Looked for by octets: a mark behind it would make a character of both.
    var withoutNUL: String {
        utf8.contains(0) ? String(String.UnicodeScalarView(unicodeScalars.filter { $0 != "\0" })) : self
    }
}

extension ReceivedMessage {
    /// Lets go of the body where no large part is a slice of it: a presentation of a few lines would hold all of it in
    /// memory beside the picture that was decoded from it.
    mutating func copySmallParts() {
        for index in content.indices where content[index].bytes.count <= Self.smallBytes {
            content[index].bytes = Array(content[index].bytes)[...]
        }
    }

    private static let smallBytes = 16 << 10
}
