import GatewayCore

/// What a `Range` header asks of a content. (RFC 9110, 14.1.2 and 14.2)
enum ByteRange: Equatable, Sendable {
    /// All of it: no range, one that cannot be read, or several, for which a server may send the whole.
    case whole
    case part(Range<Int>)
    /// None of what is asked for is there.
    case unsatisfiable

    init(_ header: String?, of byteCount: Int) {
        guard let (unit, set) = header?.halves(at: "="), unit.isWord("bytes"),
            let (first, last) = set.withoutOuterBlanks.halves(at: "-"),
            [first, last].allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else {
            self = .whole
            return
        }
        // Digits beyond what counts bytes are a very large number.
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
