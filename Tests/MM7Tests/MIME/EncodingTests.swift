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
        "quoted-printable is decoded, its mistakes kept",
        arguments: [("a=3Db", "a=b"), ("a= \r\nb", "ab"), ("a=", "a"), ("a=4", "a=4"), ("=zz", "=zz"), ("=\n", "")])
    func quotedPrintable(text: String, decoded: String) {
        #expect(TransferEncoding.decode(Array(text.utf8)[...], "quoted-printable") == Array(decoded.utf8)[...])
    }

    @Test(
        "encoded words are decoded wherever they stand",
        arguments: [
            ("=?utf-8?Q?Gr=C3=BC=C3=9Fe_?= =?UTF-8?b?w7w=?=!", "Grüße ü!"), ("=?iso-8859-1?q?=E9?=", "é"),
            ("what=?", "what=?"), ("=?x", "=?x"), ("=?utf-8?X?a?=", "=?utf-8?X?a?="), ("=?=?utf-8?Q?a?=", "=?a"),
            ("a =?utf-8?Q?b?= c", "a b c"),
        ])
    func encodedWords(text: String, decoded: String) {
        #expect(EncodedWord.decode(text) == decoded)
    }
}
