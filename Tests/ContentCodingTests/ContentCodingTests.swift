import Testing

@testable import ContentCoding

@Suite("Content codings")
struct ContentCodingTests {
    static let text = Array("a picture, a picture, a picture".utf8)

    /// What Python's zlib and the Brotli tool of Debian make of the text.
    static let samples: [(ContentCoding, String)] = [
        (.gzip, "1f8b08000000000002034b5428c84c2e292d4ad55148c4c20400a245d9591f000000"),
        (.deflate, "789c4b5428c84c2e292d4ad55148c4c20400adca0b10"),
        (.deflate, "4b5428c84c2e292d4ad55148c4c20400"),
    ]

    static let brotliSample = "1b1e0000244158c2aa92692ad0acd000"

    @Test("each coding is undone, and deflate with and without its frame", arguments: samples)
    func undone(coding: ContentCoding, packed: String) {
        #expect(coding.decode(bytes(packed), limitBytes: 31) == .whole(Self.text))
    }

    @Test("Brotli is undone where libcurl has brought it, and is foreign elsewhere")
    func brotli() {
        let expected: ContentCoding.Result = ContentCoding.brotli.isSupported ? .whole(Self.text) : .foreign

        #expect(ContentCoding.brotli.decode(bytes(Self.brotliSample), limitBytes: 31) == expected)
    }

    @Test("what comes out beyond the limit is not taken", arguments: samples + [(ContentCoding.brotli, brotliSample)])
    func limited(coding: ContentCoding, packed: String) {
        guard coding.isSupported else { return }

        #expect(coding.decode(bytes(packed), limitBytes: 30) == .tooLarge)
    }

    @Test("a gzip file of several members is read to the end of the last, and what is behind it is left out")
    func members() {
        let packed = bytes(Self.samples[0].1)

        #expect(
            ContentCoding.gzip.decode(packed + packed + [0, 0], limitBytes: 100) == .whole(Self.text + Self.text))
    }

    @Test("what is cut is told with what could be read of it", arguments: samples)
    func cut(coding: ContentCoding, packed: String) {
        guard case .broken(let part) = coding.decode(bytes(packed).dropLast(9), limitBytes: 100) else {
            Issue.record("not recognised as cut")
            return
        }

        #expect(Self.text.starts(with: part))
        #expect(!part.isEmpty || coding == .deflate)
    }

    @Test("a gzip body with a wrong checksum is broken")
    func damaged() {
        var packed = bytes(Self.samples[0].1)
        packed[packed.count - 6] ^= 1

        #expect(ContentCoding.gzip.decode(packed, limitBytes: 100) == .broken(Self.text))
    }

    @Test(
        "what is in no coding is foreign to each",
        arguments: ["ffd8ffe000104a46494600010101", "89504e470d0a1a0a0000000d4948", "474946383961010001008000", ""])
    func foreign(plain: String) {
        for coding in [ContentCoding.gzip, .deflate] {
            let result = coding.decode(bytes(plain), limitBytes: 1000)

            #expect(result == .foreign || plain.isEmpty && result == .broken([]))
        }
    }

    @Test("names are read in any case, and what is no coding has none")
    func names() {
        #expect(ContentCoding(name: "GZIP") == .gzip)
        #expect(ContentCoding(name: "x-gzip") == .gzip)
        #expect(ContentCoding(name: "Deflate") == .deflate)
        #expect(ContentCoding(name: "br") == .brotli)
        for name in ["identity", "aws-chunked", "UTF-8", "zstd", "", "gz\u{301}ip"] {
            #expect(ContentCoding(name: name) == nil)
        }
    }

    private func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = Array(hexadecimal)
        return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...($0 + 1)]), radix: 16) }
    }
}
