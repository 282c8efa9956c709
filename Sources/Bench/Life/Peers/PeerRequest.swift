import Glibc

/// A request as it lies in the buffer of its connection; it is not to be kept.
struct PeerRequest {
    let bytes: UnsafeRawBufferPointer

    /// How many bytes a message at the front of these has, head and body; nil while its head is not here as a whole.
    static func length(of bytes: UnsafeRawBufferPointer) -> Int? {
        guard let head = bytes.end(of: "\r\n\r\n") else { return nil }
        let lines = UnsafeRawBufferPointer(rebasing: bytes[..<head])
        guard let field = lines.end(of: "ontent-Length: ") ?? lines.end(of: "ontent-length: ") else { return head }
        return head + lines.number(at: field)
    }

    func isAt(_ line: StaticString) -> Bool {
        guard let base = bytes.baseAddress, bytes.count >= line.utf8CodeUnitCount else { return false }
        return memcmp(base, line.utf8Start, line.utf8CodeUnitCount) == 0
    }
}

extension UnsafeRawBufferPointer {
    /// The offset after the first occurrence of a text.
    func end(of text: StaticString, from start: Int = 0) -> Int? {
        guard let base = baseAddress else { return nil }
        let length = text.utf8CodeUnitCount
        var place = start
        while place + length <= count,
            let first = memchr(base + place, Int32(text.utf8Start[0]), count - length + 1 - place)
        {
            place = UnsafeRawPointer(first) - base
            if memcmp(first, text.utf8Start, length) == 0 { return place + length }
            place += 1
        }
        return nil
    }

    /// The number whose digits begin there.
    func number(at start: Int) -> Int {
        self[start...].prefix { $0 &- UInt8(ascii: "0") < 10 }.reduce(0) { $0 * 10 + Int($1 & 0x0F) }
    }

    /// The range of what stands between there and the next `<`.
    func text(at start: Int) -> Range<Int> {
        start..<(self[start...].firstIndex(of: UInt8(ascii: "<")) ?? count)
    }
}
