/// As much of HTTP as the peers of a measurement read.
enum PostReading {
    /// Where a message with a `Content-Length` ends; nil while it is not here as a whole.
    static func end(of bytes: ArraySlice<UInt8>) -> Int? {
        guard let head = bytes.firstOffset(of: "\r\n\r\n"),
            let field = bytes[..<head].firstOffset(of: "ontent-Length: ")
                ?? bytes[..<head].firstOffset(of: "ontent-length: ")
        else { return nil }
        var length = 0
        for byte in bytes[(field + 15)..<head].prefix(while: { $0 != UInt8(ascii: "\r") }) {
            length = length * 10 + Int(byte & 0x0F)
        }
        let end = head + 4 + length
        return end <= bytes.endIndex ? end : nil
    }
}

extension ArraySlice<UInt8> {
    func firstOffset(of text: StaticString) -> Int? {
        let length = text.utf8CodeUnitCount
        guard count >= length else { return nil }
        return (startIndex...(endIndex - length)).first { offset in
            self[offset] == text.utf8Start[0] && (1..<length).allSatisfy { self[offset + $0] == text.utf8Start[$0] }
        }
    }
}
