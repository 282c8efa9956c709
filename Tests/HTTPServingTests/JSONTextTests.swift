import HTTPServing
import Testing

@Suite("JSON text")
struct JSONTextTests {
    @Test("members stand in the order of the type, and absent ones are left out")
    func order() {
        let value = Sample(zebra: 1, apple: nil, mango: [Sample.Inner(on: true, off: nil)], text: "x", ratio: 0.5)

        #expect(Self.text(value) == #"{"zebra":1,"mango":[{"on":true}],"text":"x","ratio":0.5}"#)
    }

    @Test(
        "only what JSON forbids in a string is escaped",
        arguments: [
            ("a\"b", #""a\"b""#), ("a\\b", #""a\\b""#), ("\n\r\t", #""\n\r\t""#), ("\u{1}\u{1F}", #""\u0001\u001f""#),
            ("https://x/y", #""https://x/y""#), ("Grüße 🌍", "\"Grüße 🌍\""), ("\u{7F}", "\"\u{7F}\""),
        ])
    func escapes(text: String, json: String) {
        #expect(Self.text([text]) == "[\(json)]")
    }

    @Test("empty arrays and objects keep their form")
    func empty() {
        #expect(Self.text([Int]()) == "[]")
        #expect(Self.text([Nothing()]) == "[{}]")
    }

    @Test("a null that a type insists on is written")
    func null() {
        #expect(Self.text([Int?.none, 2]) == "[null,2]")
    }

    @Test("JSON has no infinity")
    func infinity() {
        #expect(Self.text([Double.infinity, 1]) == "[null,1.0]")
    }

    private struct Sample: Encodable {
        let zebra: Int
        let apple: String?
        let mango: [Inner]
        let text: String
        let ratio: Double

        struct Inner: Encodable {
            let on: Bool
            let off: Bool?
        }
    }

    private struct Nothing: Encodable {
        func encode(to encoder: any Encoder) throws {
            _ = encoder.container(keyedBy: Key.self)
        }

        enum Key: CodingKey { case none }
    }

    private static func text(_ value: some Encodable) -> String {
        String(decoding: JSONText.bytes(of: value), as: UTF8.self)
    }
}
