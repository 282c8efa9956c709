/// Changes the names in a presentation that somebody else wrote to those under which the parts are sent. (3GPP TS
/// 26.246)
///
/// Only the values of `src` change, and only those that name a part; all other octets stay as they are.
struct SMILRenaming {
    /// The name under which each part is sent, by the name that the customer gave it.
    private var names: [String: String] = [:]

    /// Adds a name; where several parts have the same one, the first is meant.
    mutating func add(_ given: String, sentAs name: String) {
        let given = Hex.percentDecoded(given)
        if names[given] == nil { names[given] = name }
    }

    func apply(to smil: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(smil.count + 256)
        var rest = smil
        while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
            output += rest[..<start]
            rest = rest[start...]
            if rest.starts(with: "<!--".utf8) {
                let end = rest.indices.first { rest[$0...].starts(with: "-->".utf8) } ?? rest.endIndex
                output += rest[..<end]
                rest = rest[end...]
            } else {
                copyTag(&rest, to: &output)
            }
        }
        return output + rest
    }

    /// Copies up to the end of a tag, with its sources renamed.
    private func copyTag(_ rest: inout ArraySlice<UInt8>, to output: inout [UInt8]) {
        var attribute: [UInt8] = []
        var isComplete = true
        while let byte = rest.popFirst() {
            output.append(byte)
            switch byte {
            case UInt8(ascii: ">"): return
            case UInt8(ascii: "="),
                _ where byte.isXMLSpace:
                isComplete = true
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                guard let end = rest.firstIndex(of: byte) else { return }
                let value = rest[..<end]
                output += attribute == Array("src".utf8) ? renamed(value) : value
                output.append(byte)
                rest = rest[(end + 1)...]
                attribute = []
            default:
                if isComplete { attribute = [] }
                isComplete = false
                attribute.append(byte.lowercasedASCII)
            }
        }
    }

    private func renamed(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let source = Substring(decoding: value, as: UTF8.self).trimmed
        let isID = source.hasASCIIPrefix("cid:")
        let given = Hex.percentDecoded(Self.unescaped(isID ? Substring(source.utf8.dropFirst(4)) : source))
        guard let name = names[given] else { return value }
        return Array(((isID ? "cid:" : "") + name).utf8)[...]
    }

    /// The text with the five entities of XML resolved; sources have no others. (XML 1.0, 4.6)
    private static func unescaped(_ text: Substring) -> String {
        var fields = text.utf8.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false)
            .map { Substring($0) }.makeIterator()
        var result = String(fields.next() ?? "")
        let entities = [("amp;", "&"), ("lt;", "<"), ("gt;", ">"), ("quot;", "\""), ("apos;", "'")]
        while let field = fields.next() {
            if let (entity, character) = entities.first(where: { field.utf8.starts(with: $0.0.utf8) }) {
                result += character + Substring(field.utf8.dropFirst(entity.utf8.count))
            } else {
                result += "&" + field
            }
        }
        return result
    }
}
