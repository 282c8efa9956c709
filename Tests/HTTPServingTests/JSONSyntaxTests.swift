import HTTPServing
import Testing

@Suite("JSON as RFC 8259 has it")
struct JSONSyntaxTests {
    private func fault(in text: String) -> String? { JSONSyntax.fault(in: Array(text.utf8))?.description }

    @Test(
        "JSON has no fault",
        arguments: [
            "{}", "[]", "null", "true", "false", "0", "-0", "-12.5e+3", "1E400", #""""#, " \t\r\n[ 1 , 2 ] \n",
            #"{"a":{"b":[{},[],[[]],"x"]},"c":null}"#, #""\"\\\/\b\f\n\r\t\u00e9\uD83C\uDF82""#, "\"é 漢 🎂 \u{7F}\"",
            #"{"to":["12025550141"],"body":{"url":"https://media.bakery.example/cake.jpg"}}"#,
            #"{"a":1,"A":2,"ä":3,"a\u0308":4}"#, #"[{"a":1},{"a":1}]"#, #"{"a":{"a":{"a":1}}}"#,
        ])
    func sound(text: String) {
        #expect(fault(in: text) == nil)
    }

    @Test("objects with more members than any request has are refused where the limit is passed, but not deeper ones")
    func members() throws {
        func object(_ count: Int) -> String {
            "{" + (0..<count).map { "\"k\($0)\":1" }.joined(separator: ",") + "}"
        }
        func fault(_ text: String) -> JSONSyntax.Fault? { JSONSyntax.fault(in: Array(text.utf8)) }

        for (before, after) in [("", ""), (#"{"a":[],"parameters":"#, "}"), (#"{"a":["#, "]}")] {
            #expect(fault(before + object(1000) + after) == nil)
            let excess = try #require(fault(before + object(100_000) + after))
            #expect(excess.isExcess && excess.offset < 20_000 && excess.description.contains("1000 members"))
        }
        #expect(fault(#"{"parameters":{"name":"# + object(5000) + "}}") == nil)
    }

    @Test(
        "what another reader would refuse or read differently is a fault",
        arguments: [
            ("", "ends where a value"), ("{", "name of a member"), ("[1,]", "value is missing"), (#"{"a":1,}"#, "name"),
            ("[,1]", "value is missing"), (#"{,"a":1}"#, "name"), ("[1 2]", "comma"), (#"{"a" 1}"#, "colon"),
            (#"{"a":}"#, "value is missing"), ("{a:1}", "name"), ("{'a':1}", "name"), ("['a']", "value is missing"),
            ("007", "follows its end"), ("[01]", "comma"), ("[-]", "digit"), ("[1.]", "digit"), ("[.5]", "value"),
            ("[1e]", "digit"), ("[+1]", "value"), ("[0x1F]", "comma"), ("NaN", "value"), ("[Infinity]", "value"),
            ("[-Infinity]", "digit"), ("nul", "value"), ("nulll", "follows"), ("True", "value"), ("undefined", "value"),
            ("{} {}", "follows its end"), ("{}x", "follows its end"), ("{}\u{0}", "follows its end"),
            ("[1]]", "follows its end"), ("[1}", "comma"), (#"{"a":1]"#, "comma"), ("[1 // one\n]", "comma"),
            ("/* none */ {}", "value"), ("\u{FEFF}{}", "byte order mark"), ("\u{A0}{}", "value"),
            ("\"a\nb\"", "control character"), ("\"\u{1F}\"", "control character"), (#""a"#, "ends in a string"),
            (#""\"#, "ends in a string"), (#""\x41""#, "escape"), (#""\'""#, "escape"), (#""\u12G4""#, "escape"),
            (#""\u123""#, "escape"), (#""\ud800""#, "surrogate"), (#""\udc00""#, "surrogate"),
            (#""\ud800x""#, "surrogate"), (#""\ud800\u0041""#, "surrogate"), (#""\ud800\ud800""#, "surrogate"),
            (#"{"a":1,"a":2}"#, "two members of one name"), (#"{"to":1,"t\u006f":2}"#, "two members of one name"),
            (#"{"x":{"b":1,"c":1,"b":2}}"#, "two members of one name"),
        ])
    func faults(text: String, says: String) throws {
        #expect(try #require(fault(in: text)).contains(says))
    }

    @Test(
        "octets that are no UTF-8 are a fault",
        arguments: [
            [0x80], [0xC3], [0xC3, 0x28], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xE2, 0x82],
            [0xED, 0xA0, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF],
        ] as [[UInt8]])
    func noUTF8(octets: [UInt8]) throws {
        let text = Array("\"cake ".utf8) + octets + Array("\"".utf8)

        #expect(try #require(JSONSyntax.fault(in: text)).description == "it is not UTF-8, at octet 6")
    }

    @Test("UTF-16 is a fault, with a byte order mark and without")
    func utf16() {
        #expect(JSONSyntax.fault(in: "{\"a\":1}".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }) != nil)
        #expect(JSONSyntax.fault(in: [0xFF, 0xFE, 0x7B, 0, 0x7D, 0]) != nil)
    }

    @Test("a control, a quote and a cut are found wherever in a long string they stand", arguments: 0..<24)
    func places(place: Int) {
        let text = String(repeating: "x", count: place)

        #expect(
            fault(in: "\"\(text)\u{1}\(text)\"")
                == "a string has a control character that is not escaped, at octet \(place + 1)")
        #expect(fault(in: "\"\(text)\" \(text)0") == "something follows its end, at octet \(place + 3)")
        #expect(fault(in: "\"\(text)") == "it ends in a string, at octet \(place + 1)")
        #expect(fault(in: "\"\(text)é 🎂\(text)\"") == nil)
    }

    @Test("brackets in brackets and long names have a bound")
    func bounds() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        func named(_ length: Int) -> String { "{\"\(String(repeating: "n", count: length))\":0}" }

        #expect(fault(in: nested(JSONSyntax.depthLimit)) == nil)
        #expect(try #require(fault(in: nested(JSONSyntax.depthLimit + 1))).contains("nested too deep"))
        #expect(try #require(fault(in: nested(1 << 20))).contains("nested too deep"))
        #expect(fault(in: named(JSONSyntax.nameLimit)) == nil)
        #expect(try #require(fault(in: named(JSONSyntax.nameLimit + 1))).contains("too long"))
    }

    @Test("a text cut off anywhere is a fault")
    func truncated() {
        let text = #"{"to": ["12025550141", -1.5e3], "b\u00e9": {"c": [true, null, {}]}}"#

        for length in 0..<text.utf8.count {
            #expect(JSONSyntax.fault(in: Array(text.utf8.prefix(length))) != nil, "\(length)")
        }
        #expect(fault(in: text) == nil)
    }
}
