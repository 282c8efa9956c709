/// The type of a PNG chunk or an ISO box: four bytes, most of the time letters.
struct FourCharacterCode: Equatable, Sendable, ExpressibleByStringLiteral {
    private let value: UInt32

    init(stringLiteral text: StaticString) {
        value = text.withUTF8Buffer { $0.reduce(0) { $0 << 8 | UInt32($1) } }
    }

    init(_ reader: inout ByteReader) throws(Damage) {
        value = try reader.number()
    }

    /// Whether the first letter is a small one.
    var beginsInLowerCase: Bool { value & 0x2000_0000 != 0 }
}
