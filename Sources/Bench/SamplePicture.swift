/// A JPEG of any size, which looks whole to all that do not decode it.
package enum SamplePicture {
    /// - Parameter byteCount: the size of the whole file; one that is too small for a JPEG is made larger.
    package static func jpeg(byteCount: Int) -> [UInt8] {
        let end: [UInt8] = [0xFF, 0xD9]
        let coded = [UInt8](repeating: 0xA5, count: max(byteCount - head.count - end.count, 1))
        return head + coded + end
    }

    /// SOI, JFIF, a frame of 480 x 640 with one component, and the start of its scan.
    private static let head: [UInt8] =
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 16] + Array("JFIF\0".utf8) + [1, 2, 0, 0, 1, 0, 1, 0, 0]
        + [0xFF, 0xC0, 0, 11, 8, 0x02, 0x80, 0x01, 0xE0, 1, 1, 0x11, 0]
        + [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0]
}
