import Glibc

extension ArraySlice<UInt8> {
    /// The range of the wanted bytes, at or after an index.
    func range(of wanted: [UInt8], from start: Int) -> Range<Int>? {
        wanted.withUnsafeBufferPointer { range(of: $0, from: start) }
    }

    /// The range of the wanted bytes, of which there is at least one; the index must be in the slice.
    ///
    /// It jumps between occurrences of the first byte, which is quick where that byte is rare, as a carriage return is
    /// in media.
    func range(of wanted: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int>? {
        withUnsafeBytes { bytes -> Range<Int>? in
            guard let base = bytes.baseAddress, let pattern = wanted.baseAddress else { return nil }
            var offset = start - startIndex
            while offset + wanted.count <= bytes.count {
                let room = bytes.count - wanted.count - offset + 1
                guard let found = memchr(base + offset, Int32(wanted[0]), room) else { return nil }
                let index = UnsafeRawPointer(found) - base
                if memcmp(base + index, pattern, wanted.count) == 0 {
                    return (startIndex + index)..<(startIndex + index + wanted.count)
                }
                offset = index + 1
            }
            return nil
        }
    }

    var text: String { String(decoding: self, as: UTF8.self) }
}
