import Testing

@testable import CurlHTTP

@Suite("Parts of the engine")
struct EngineTests {
    @Test("segments are read across their borders into buffers of any size", arguments: 1...12)
    func segments(bufferSize: Int) {
        let bytes = Array("xxabcdefghixx".utf8)
        var body = BodySegments([[], bytes[2..<5], [], bytes[5..<6], bytes[6..<11], []])

        for _ in 1...2 {
            var read: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: bufferSize)
            while case let count = buffer.withUnsafeMutableBytes({ body.read(into: $0) }), count > 0 {
                read += buffer[..<count]
            }

            #expect(read == Array("abcdefghi".utf8))
            #expect(!body.isAtStart)
            body.rewind()
            #expect(body.isAtStart)
        }
    }

    @Test(
        "a duration is whole milliseconds and never no limit",
        arguments: [
            (Duration.zero, 1), (.microseconds(1), 1), (.milliseconds(50), 50), (.microseconds(50_001), 51),
            (.seconds(10), 10_000), (.seconds(-1), 1), (.seconds(1 << 40), Int(Int32.max)),
        ])
    func milliseconds(duration: Duration, expected: Int) {
        #expect(duration.wholeMilliseconds == expected)
    }

    @Test("header names compare without regard to case")
    func headers() {
        var headers: HTTPHeaders = [("Content-Type", "a"), ("X", "1")]

        headers.append(name: "x", value: "2")
        #expect(headers.first(named: "content-type") == "a")
        #expect(headers.all(named: "X") == ["1", "2"])
        #expect(headers == [("content-type", "a"), ("x", "1"), ("X", "2")])
        #expect(headers != [("content-type", "A"), ("x", "1"), ("X", "2")])
    }
}
