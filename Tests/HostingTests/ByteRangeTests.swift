import Testing

@testable import Hosting

@Suite("Ranges of bytes")
struct ByteRangeTests {
    @Test(
        "a range is read, bounded by the content, or taken for all of it",
        arguments: [
            (nil, 10, ByteRange.whole), ("bytes=0-0", 10, .part(0..<1)), ("bytes=2-4", 10, .part(2..<5)),
            ("bytes=2-", 10, .part(2..<10)), ("bytes=2-99", 10, .part(2..<10)), ("bytes=-3", 10, .part(7..<10)),
            ("bytes=-99", 10, .part(0..<10)), ("Bytes= 2-4 ", 10, .part(2..<5)), ("bytes=9-9", 10, .part(9..<10)),
            ("bytes=0-99999999999999999999", 10, .part(0..<10)),
            ("bytes=0-9223372036854775807", 10, .part(0..<10)), ("bytes=-9223372036854775807", 10, .part(0..<10)),
            ("bytes=10-", 10, .unsatisfiable), ("bytes=10-20", 10, .unsatisfiable), ("bytes=-0", 10, .unsatisfiable),
            ("bytes=99999999999999999999-", 10, .unsatisfiable), ("bytes=0-", 0, .unsatisfiable),
            ("bytes=-1", 0, .unsatisfiable),
            ("bytes=4-2", 10, .whole), ("bytes=-", 10, .whole), ("bytes=", 10, .whole), ("bytes", 10, .whole),
            ("bytes=a-b", 10, .whole), ("bytes=1", 10, .whole), ("bytes=1-2,4-5", 10, .whole),
            ("bytes=--1", 10, .whole), ("bytes=+1-2", 10, .whole), ("lines=1-2", 10, .whole), ("", 10, .whole),
            ("bytes=1-٢", 10, .whole),
        ] as [(String?, Int, ByteRange)])
    func read(header: String?, byteCount: Int, range: ByteRange) {
        #expect(ByteRange(header, of: byteCount) == range)
    }
}
