import GatewayCore

/// `application/x-www-form-urlencoded`, of a body or a query: a plus sign is a blank. (WHATWG URL, 5.1)
///
/// Hummingbird's own reading of a query leaves plus signs as they are, and clients write plus signs for the blanks in
/// times and references.
package struct FormFields {
    private let pairs: [(name: String, value: String)]

    private static let pairLimit = 1000

    package init(_ bytes: [UInt8]) {
        self.init(String(decoding: bytes, as: UTF8.self))
    }

    /// - Parameter text: what follows a thousand pairs is not read.
    package init(_ text: String) {
        pairs = text.pieces(at: "&", maxSplits: Self.pairLimit).prefix(Self.pairLimit).map { pair in
            guard let (name, value) = pair.halves(at: "=") else { return (Self.decoded(pair), "") }
            return (Self.decoded(name), Self.decoded(value))
        }
    }

    /// The first of the name; nil where the member is absent or empty.
    package subscript(name: String) -> String? {
        pairs.first { $0.name.isExactly(name) }.flatMap { $0.value.isEmpty ? nil : $0.value }
    }

    /// All values of the name, in the order of the text.
    package func values(of name: String) -> [String] { pairs.filter { $0.name.isExactly(name) }.map(\.value) }

    /// Text that is not percent-encoded UTF-8 stays as it is.
    private static func decoded(_ text: Substring) -> String {
        let spaced =
            text.utf8.contains(UInt8(ascii: "+"))
            ? String(decoding: text.utf8.map { $0 == UInt8(ascii: "+") ? 0x20 : $0 }, as: UTF8.self) : String(text)
        return spaced.withoutPercentEncoding ?? spaced
    }
}
