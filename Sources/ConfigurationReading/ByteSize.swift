/// A number of bytes as people write it: `600kB`, `10MiB`, or digits alone.
package struct ByteSize: Hashable, Sendable {
    package var bytes: Int

    /// The units, the largest first.
    private static let units: [(name: String, bytes: Int)] = [
        ("GiB", 1 << 30), ("GB", 1_000_000_000), ("MiB", 1 << 20), ("MB", 1_000_000), ("KiB", 1 << 10), ("kB", 1000),
        ("B", 1),
    ]

    package init(bytes: Int) {
        self.bytes = bytes
    }

    /// Reads a whole number with one of the units `B`, `kB`, `MB`, `GB`, `KiB`, `MiB`, `GiB`, or without.
    package init?(_ text: some StringProtocol) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let name = text.dropFirst(digits.count)
        guard let number = Int(digits), let unit = Self.units.first(where: { $0.name == (name.isEmpty ? "B" : name) })
        else { return nil }
        let (bytes, overflow) = number.multipliedReportingOverflow(by: unit.bytes)
        guard !overflow else { return nil }
        self.bytes = bytes
    }
}

extension ByteSize: CustomStringConvertible {
    /// The size in the largest unit of which it is a whole number.
    package var description: String {
        guard bytes > 0, let unit = Self.units.first(where: { bytes % $0.bytes == 0 }) else { return "\(bytes)B" }
        return "\(bytes / unit.bytes)\(unit.name)"
    }
}
