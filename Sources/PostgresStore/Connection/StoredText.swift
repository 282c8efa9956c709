/// Texts as PostgreSQL keeps them, which has no U+0000 in them: a character of the private use area and a digit stand for
/// it, and that character twice for itself. So what customers and MMSCs give comes back as it was.
enum StoredText {
    /// U+F8FE in UTF-8.
    private static let escape: [UInt8] = [0xEF, 0xA3, 0xBE]
    private static let zero = UInt8(ascii: "0")

    /// Appends what is kept for a text.
    static func append(_ text: String, to bytes: inout [CChar]) {
        var text = text
        text.withUTF8 { octets in
            if octets.contains(where: { $0 == 0 || $0 == escape[0] }) {
                for octet in written(octets) { bytes.append(CChar(bitPattern: octet)) }
            } else {
                octets.withMemoryRebound(to: CChar.self) { bytes.append(contentsOf: $0) }
            }
        }
    }

    /// The text of which this is kept.
    static func text(_ octets: UnsafeRawBufferPointer) -> String {
        octets.contains(escape[0])
            ? String(decoding: read(octets), as: UTF8.self) : String(decoding: octets, as: UTF8.self)
    }

    private static func written(_ octets: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var (written, rest) = ([UInt8](), octets[...])
        while let first = rest.first {
            if first == 0 {
                written += escape + [zero]
                rest.removeFirst()
            } else if rest.starts(with: escape) {
                written += escape + escape
                rest.removeFirst(escape.count)
            } else {
                written.append(first)
                rest.removeFirst()
            }
        }
        return written
    }

    private static func read(_ octets: UnsafeRawBufferPointer) -> [UInt8] {
        var (read, rest) = ([UInt8](), octets[...])
        while let first = rest.first {
            guard rest.starts(with: escape) else {
                read.append(first)
                rest.removeFirst()
                continue
            }
            rest.removeFirst(escape.count)
            if rest.first == zero {
                read.append(0)
                rest.removeFirst()
            } else {
                read += escape
                rest = rest.dropFirst(rest.starts(with: escape) ? escape.count : 0)
            }
        }
        return read
    }
}
