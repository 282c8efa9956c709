import Foundation
import Testing

@testable import MM7

@Suite struct EncodingTests {
    @Test("base64 of any length is read back and has lines of 76", arguments: [0, 1, 2, 3, 56, 57, 58, 113, 114, 1000])
    func base64(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }

        let encoded = Base64.encode(bytes[...])

        #expect(encoded == Array(Data(bytes).base64EncodedString(options: [.lineLength76Characters]).utf8))
        #expect(Base64.decode(encoded[...]) == bytes)
    }

    @Test(
        "damaged base64 gives what is there",
        arguments: [("QQ", "A"), ("QUI", "AB"), ("Q Q\r\n=", "A"), ("Q", ""), ("", ""), ("QUJD====ignored", "ABC")])
    func damagedBase64(text: String, decoded: String) {
        #expect(Base64.decode(Array(text.utf8)[...]) == Array(decoded.utf8))
    }

    @Test(
        "what is not of the alphabet may stand anywhere in base64",
        arguments: ["\n", "\r\n", "\r", " ", "\t \r\n", "ÿ", "-_"])
    func oddCharacters(odd: String) {
        let bytes = (0..<100).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        let encoded = Base64.encode(bytes[...])

        for place in encoded.indices {
            let damaged = encoded[..<place] + odd.utf8 + encoded[place...]
            // After the first of two padding characters nothing is read any more, so that nothing is lost there.
            #expect(Base64.decode(damaged) == bytes, "at \(place)")
        }
        let spread = encoded.flatMap { [$0] + odd.utf8 }
        #expect(Base64.decode(spread[...]) == bytes)
    }

    @Test("base64 that was encoded line by line is decoded to its end, and words behind padding are none of it")
    func paddedLines() {
        func decoded(_ text: String) -> String {
            String(decoding: Base64.decode(Array(text.utf8)[...]), as: UTF8.self)
        }

        #expect(decoded("QQ==\r\nQUI=\r\nQUJD\r\nRA==\r\n") == "AABABCD")
        #expect(decoded("QUI=\r\nSent by a relay.\r\n") == "AB")
    }

    @Test("media that only claims to be base64 is taken as it is")
    func claimed() {
        let picture: ArraySlice<UInt8> = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46]

        #expect(PartEncoding.decode(picture, "base64") == picture)
    }

    @Test("base64 is cut off anywhere without loss of whole groups")
    func truncatedBase64() {
        let bytes = (0..<120).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        let encoded = Base64.encode(bytes[...])

        for length in encoded.indices {
            let digits = encoded[..<length].filter { $0 > 0x20 }.count
            #expect(Base64.decode(encoded[..<length]) == Array(bytes[..<(digits * 6 / 8)]))
        }
    }

    @Test("base64 is decoded in lines of any length", arguments: [1, 3, 4, 60, 64, 72, 77, 1000])
    func lines(length: Int) {
        let bytes = (0..<500).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        let text = Base64.encode(bytes[...], lineLength: 0)
        let lines = stride(from: 0, to: text.count, by: length).map { text[$0..<min($0 + length, text.count)] }

        #expect(Base64.decode(Array(lines.joined(separator: "\r\n".utf8))[...]) == bytes)
        #expect(Base64.decode(Array(lines.joined(separator: "\n".utf8))[...]) == bytes)
    }

    @Test(
        "quoted-printable is decoded, its mistakes kept",
        arguments: [("a=3Db", "a=b"), ("a= \r\nb", "ab"), ("a=", "a"), ("a=4", "a=4"), ("=zz", "=zz"), ("=\n", "")])
    func quotedPrintable(text: String, decoded: String) {
        #expect(PartEncoding.decode(Array(text.utf8)[...], "quoted-printable") == Array(decoded.utf8)[...])
    }

    @Test(
        "encoded words are decoded wherever they stand",
        arguments: [
            ("=?utf-8?Q?Gr=C3=BC=C3=9Fe_?= =?UTF-8?b?w7w=?=!", "Grüße ü!"), ("=?iso-8859-1?q?=E9?=", "é"),
            ("what=?", "what=?"), ("=?x", "=?x"), ("=?utf-8?X?a?=", "=?utf-8?X?a?="), ("=?=?utf-8?Q?a?=", "=?a"),
            ("a =?utf-8?Q?b?= c", "a b c"), ("=?utf-8?Q?really??=", "really?"), ("=?utf-8?Q?=41?=", "A"),
        ])
    func encodedWords(text: String, decoded: String) {
        #expect(EncodedWord.decode(text) == decoded)
    }

    @Test(
        "a character that is cut in two between encoded words is whole again",
        arguments: ["=?utf-8?B?R3LD?= =?utf-8?B?vMOfZQ==?=", "=?UTF-8?Q?Gr=C3?=\r\n =?utf-8?Q?=BC=C3=9Fe?="])
    func cutCharacters(text: String) {
        #expect(EncodedWord.decode(text) == "Grüße")
    }

    @Test("words of two charsets are each decoded by their own")
    func twoCharsets() {
        #expect(EncodedWord.decode("=?iso-8859-1?Q?=FC?= =?utf-8?Q?=C3=BC?= x =?utf-8?Q?y?=") == "üü x y")
    }
}
