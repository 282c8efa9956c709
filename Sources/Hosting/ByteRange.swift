import GatewayCore

/// The part of a content that a `Range` header asks for. (RFC 9110, 14.1.2 and 14.2)
enum ByteRange: Equatable, Sendable {
    /// The whole content: there is no range, one that cannot be read, or several, for which a server may send the
    /// whole.
    case whole
    case part(Range<Int>)
    /// The content has none of the bytes that are asked for.
    case unsatisfiable

    init(_ header: String?, of byteCount: Int) {
        guard let (unit, set) = header?.halves(at: "="), unit.isWord("bytes"),
            let (first, last) = set.withoutOuterBlanks.halves(at: "-"),
            [first, last].allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else {
            self = .whole
            return
        }
        // A number with more digits than an integer holds counts as a very large one.
        switch (first.isEmpty, last.isEmpty) {
        case (true, true): self = .whole
        case (true, false):
            let count = min(Int(last) ?? .max, byteCount)
            self = count > 0 ? .part(byteCount - count..<byteCount) : .unsatisfiable
        case (false, true):
            let start = Int(first) ?? .max
            self = start < byteCount ? .part(start..<byteCount) : .unsatisfiable
        case (false, false):
            let (start, end) = (Int(first) ?? .max, Int(last) ?? .max)
            guard start <= end else {
                self = .whole
                return
            }
            self = start < byteCount ? .part(start..<min(end, byteCount - 1) + 1) : .unsatisfiable
        }
    }
}
