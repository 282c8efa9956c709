/// Parameters with a charset or in pieces: `name*=utf-8''a%20b` and `name*0="a"; name*1*=%20b`.
/// (RFC 2231, 3 and 4; RFC 5987, 3.2)
struct ExtendedParameters {
    private struct Piece {
        var text: String
        /// Whether octets are written as `%41`.
        var isEncoded: Bool
    }

    private var pieces: [String: [Int: Piece]] = [:]

    var isEmpty: Bool { pieces.isEmpty }

    /// Keeps a value whose name is of either form. False for any other name.
    mutating func take(_ name: String, _ value: String) -> Bool {
        guard let star = name.utf8.firstIndex(of: UInt8(ascii: "*")) else { return false }
        let base = String(name[..<star])
        var number = name[star...].dropFirst()
        let isEncoded = number.isEmpty || number.utf8.last == UInt8(ascii: "*")
        if number.utf8.last == UInt8(ascii: "*") { number.removeLast() }
        guard let index = name[star...].utf8.count == 1 ? 0 : Int(number), index >= 0, !base.isEmpty else {
            return false
        }
        if pieces[base]?[index] == nil { pieces[base, default: [:]][index] = Piece(text: value, isEncoded: isEncoded) }
        return true
    }

    /// The values by name. Pieces after a missing one are lost, and so is a parameter without its first piece; a blank
    /// value counts as absent.
    var values: [String: String] {
        pieces.compactMapValues(Self.value).filter { !$0.value.utf8.allSatisfy(\.isXMLSpace) }
    }

    private static func value(_ pieces: [Int: Piece]) -> String? {
        guard let first = pieces[0] else { return nil }
        var charset: String?
        var bytes: [UInt8] = []
        var piece = first
        // The first piece names the charset, and a language, which is not used here.
        let fields = first.text.utf8.split(
            separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false
        ).map { Substring($0) }
        if first.isEncoded, fields.count == 3 {
            charset = String(fields[0])
            piece.text = String(fields[2])
        }
        var next: Piece? = piece
        var index = 0
        while let piece = next {
            bytes += piece.isEncoded ? Hex.percentDecoded(piece.text.utf8) : Array(piece.text.utf8)
            index += 1
            next = pieces[index]
        }
        // A line end in a name can only be an attack.
        let text = Charset.decodeText(bytes[...], charset: charset)
        return String(text.unicodeScalars.filter { $0.properties.generalCategory != .control })
    }
}
