/// Comments in header fields, which are in parentheses and may hold others. (RFC 822, 3.4.3)
///
/// File names have parentheses too, often without the quotes they ought to be in: `name=photo (1).jpg`. So a comment
/// is only what stands apart: after white space or a semicolon, and before the same or the end.
enum HeaderComments {
    /// The deepest nesting of comments; what is deeper counts as text, which keeps the search linear.
    private static let depthLimit = 4

    static func removed(from header: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard header.contains(UInt8(ascii: "(")) else { return header }
        let bytes = Array(header)
        var kept: [UInt8] = []
        var isQuoted = false
        var isOpenEnded = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if isQuoted, byte == UInt8(ascii: "\\"), index + 1 < bytes.count {
                kept.append(byte)
                index += 1
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if byte == UInt8(ascii: "("), !isQuoted, !isOpenEnded, index == 0 || isApart(bytes[index - 1]) {
                switch comment(in: bytes, at: index) {
                case .ends(let end):
                    index = end
                    continue
                case .never: isOpenEnded = true
                case .none: break
                }
            }
            kept.append(bytes[index])
            index += 1
        }
        return kept[...]
    }

    private enum Comment {
        /// The index after the closing parenthesis.
        case ends(Int)
        case none
        /// The header ends inside.
        case never
    }

    private static func comment(in bytes: [UInt8], at start: Int) -> Comment {
        var depth = 0
        var index = start
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\"): index += 1
            case UInt8(ascii: "("):
                depth += 1
                guard depth <= depthLimit else { return .none }
            case UInt8(ascii: ")"):
                depth -= 1
                guard depth == 0 else { break }
                return index + 1 == bytes.count || isApart(bytes[index + 1]) ? .ends(index + 1) : .none
            default: break
            }
            index += 1
        }
        return .never
    }

    private static func isApart(_ byte: UInt8) -> Bool { byte.isXMLSpace || byte == UInt8(ascii: ";") }
}
