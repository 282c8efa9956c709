/// A body in segments and the place up to which it has been read.
struct BodySegments {
    private let segments: [ArraySlice<UInt8>]
    private var segment = 0
    private var offset = 0

    init(_ segments: [ArraySlice<UInt8>]) {
        self.segments = segments
    }

    var isAtStart: Bool {
        segment == 0 && offset == 0
    }

    mutating func rewind() {
        segment = 0
        offset = 0
    }

    /// Copies the next bytes, across segments until the buffer is full; 0 at the end.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        var filled = 0
        while filled < buffer.count, segment < segments.count {
            let copied = segments[segment].withUnsafeBytes { source in
                let rest = source[offset...].prefix(buffer.count - filled)
                buffer[filled...].copyBytes(from: rest)
                return rest.count
            }
            filled += copied
            offset += copied
            if offset == segments[segment].count {
                segment += 1
                offset = 0
            }
        }
        return filled
    }
}
