import GatewayCore

/// The media of a batch as the text of a column: a JSON array, `[{"url":"https://media.example.net/a.jpg"}]`.
///
/// The list of one plain URL, which nearly every batch has, is written and read without a JSON coder: two of those cost
/// as much as the rest of reading a batch.
enum MediaColumn {
    /// The column of a batch that is only text.
    static let none = "[]"
    private static let head = #"[{"url":""#
    private static let tail = #""}]"#

    static func text(_ media: [Content.Medium]) throws(StoreFailure) -> String {
        switch media.count {
        case 0: none
        case 1 where isPlain(media[0].url) && media[0] == Content.Medium(url: media[0].url):
            head + media[0].url + tail
        default: try JSONColumn.sortedText(media)
        }
    }

    static func media(_ text: String) throws(StoreFailure) -> [Content.Medium] {
        if text == none { return [] }
        if text.hasPrefix(head), text.hasSuffix(tail) {
            let url = text.utf8.dropFirst(head.utf8.count).dropLast(tail.utf8.count)
            if isPlain(url) { return [Content.Medium(url: String(Substring(url)))] }
        }
        return try JSONColumn.value([Content.Medium].self, text)
    }

    /// Whether the text needs no escaping in JSON.
    private static func isPlain(_ text: String) -> Bool { isPlain(text.utf8) }

    private static func isPlain(_ text: some Sequence<UInt8>) -> Bool {
        text.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    }
}
