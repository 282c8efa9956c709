/// A text with `${key}` placeholders, taken apart once per batch.
///
/// Anything that is not `${` followed by 1 to 16 letters, digits, `_`, `-` or `.` and `}` is ordinary text.
package struct Template: Sendable, Equatable {
    private enum Piece: Sendable, Equatable {
        case text(String)
        case placeholder(String)
    }

    private let pieces: [Piece]
    /// The text as it was given.
    package let source: String

    /// - Parameter isLiteral: whether placeholders are ordinary text too.
    package init(_ text: String, isLiteral: Bool = false) {
        source = text
        guard !isLiteral else {
            pieces = [.text(text)]
            return
        }
        // Octet by octet: as a Character, `}` with a combining mark behind it does not equal `}`.
        let octets = text.utf8
        var pieces: [Piece] = []
        var plain = octets.startIndex
        var index = plain
        while let dollar = octets[index...].firstIndex(of: UInt8(ascii: "$")) {
            index = octets.index(after: dollar)
            guard let key = Self.key(at: octets[index...]) else { continue }
            if plain < dollar { pieces.append(.text(String(text[plain..<dollar]))) }
            pieces.append(.placeholder(String(key)))
            index = octets.index(after: key.endIndex)
            plain = index
        }
        if plain < octets.endIndex { pieces.append(.text(String(text[plain...]))) }
        self.pieces = pieces
    }

    /// Whether every recipient gets the same text.
    package var isConstant: Bool {
        pieces.allSatisfy { if case .text = $0 { true } else { false } }
    }

    /// The keys of its placeholders.
    package var keys: [String] {
        pieces.compactMap { if case .placeholder(let key) = $0 { key } else { nil } }
    }

    /// The text for one recipient; nil when a placeholder has no value for it.
    package func expanded(for recipient: MSISDN, with parameters: Parameters) -> String? {
        var result = ""
        for piece in pieces {
            switch piece {
            case .text(let text):
                result += text
            case .placeholder(let key):
                guard let value = parameters.value(of: key, for: recipient) else { return nil }
                result += value
            }
        }
        return result
    }

    /// The most UTF-16 units that any recipient's text has.
    package func longestExpansion(with parameters: Parameters) -> Int {
        // A text may have a placeholder many times, and a key many values.
        var longest: [String: Int] = [:]
        return pieces.reduce(0) { count, piece in
            switch piece {
            case .text(let text): return count + text.utf16.count
            case .placeholder(let key):
                let units = longest[key] ?? parameters.longestValue(of: key)
                longest[key] = units
                return count + units
            }
        }
    }

    /// Whether the text may name a parameter.
    package static func isKey(_ key: some StringProtocol) -> Bool {
        (1...longestKey).contains(key.utf8.count) && key.utf8.allSatisfy(isOfKey)
    }

    private static let longestKey = 16

    private static func isOfKey(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    /// The key of a placeholder whose dollar sign is just before.
    private static func key(at octets: Substring.UTF8View) -> Substring? {
        guard octets.first == UInt8(ascii: "{") else { return nil }
        let rest = octets.dropFirst()
        let key = rest.prefix(longestKey + 1).prefix(while: isOfKey)
        guard !key.isEmpty, key.count <= longestKey, rest[key.endIndex...].first == UInt8(ascii: "}") else {
            return nil
        }
        return Substring(key)
    }
}
