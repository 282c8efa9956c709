/// Reads a file's fields from front to back. Nothing is read past the end, whatever a length in the file says.
struct ByteReader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    var isAtEnd: Bool { rest.isEmpty }
    var count: Int { rest.count }

    /// - Throws: when fewer bytes are left, or the count is negative.
    mutating func take(_ count: Int) throws(Damage) -> ArraySlice<UInt8> {
        guard count >= 0, count <= rest.count else { throw Damage() }
        let end = rest.startIndex + count
        defer { rest = rest[end...] }
        return rest[..<end]
    }

    mutating func skip(_ count: Int) throws(Damage) {
        _ = try take(count)
    }

    /// Skips to the next such byte, which is read next.
    mutating func skip(to byte: UInt8) throws(Damage) {
        guard let index = rest.firstIndex(of: byte) else { throw Damage() }
        rest = rest[index...]
    }

    mutating func byte() throws(Damage) -> UInt8 {
        guard let byte = rest.popFirst() else { throw Damage() }
        return byte
    }

    /// A number in network order.
    mutating func number<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) throws(Damage) -> Number {
        var number: Number = 0
        for byte in try take(Number.bitWidth / 8) { number = number << 8 | Number(truncatingIfNeeded: byte) }
        return number
    }

    /// A number with its low byte first.
    mutating func littleEndianNumber<Number: FixedWidthInteger>(
        _ type: Number.Type = Number.self
    ) throws(Damage) -> Number {
        try number(type).byteSwapped
    }
}

/// A file ends early or contradicts itself.
struct Damage: Error {}
