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
        var pieces: [Piece] = []
        var rest = Substring(text)
        var plain = ""
        while let dollar = rest.firstIndex(of: "$") {
            plain += rest[..<dollar]
            rest = rest[dollar...]
            if let key = Self.key(at: rest) {
                if !plain.isEmpty { pieces.append(.text(plain)) }
                pieces.append(.placeholder(String(key)))
                plain = ""
                rest = rest[rest.index(after: key.endIndex)...]
            } else {
                plain.append(rest.removeFirst())
            }
        }
        plain += rest
        if !plain.isEmpty { pieces.append(.text(plain)) }
        self.pieces = pieces
    }

    /// Whether every recipient gets the same text.
    package var isConstant: Bool {
        pieces.allSatisfy { if case .text = $0 { true } else { false } }
    }

    /// Those of its placeholders.
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

    /// Whether the text may name a parameter.
    package static func isKey(_ key: some StringProtocol) -> Bool {
        (1...16).contains(key.utf8.count)
            && key.utf8.allSatisfy { character in
                switch character {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }

    private static func key(at text: Substring) -> Substring? {
        guard text.hasPrefix("${"), let close = text.firstIndex(of: "}") else { return nil }
        let key = text[text.index(text.startIndex, offsetBy: 2)..<close]
        return isKey(key) ? key : nil
    }
}
