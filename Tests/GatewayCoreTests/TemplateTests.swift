import GatewayCore
import Testing

@Suite("Texts with placeholders")
struct TemplateTests {
    private static let parameters = Parameters([
        "name": ["12025550101": "Ana", "+12025550102": "Bo", "default": "there"],
        "code": ["12025550101": "${name}"],
        "empty": ["default": ""],
    ])

    private func expanded(_ text: String, for number: String = "12025550101") throws -> String? {
        Template(text).expanded(for: try #require(MSISDN(number)), with: Self.parameters)
    }

    @Test(
        "placeholders become the recipient's values",
        arguments: [
            ("Hi ${name}!", "Hi Ana!"), ("${name}${name}", "AnaAna"), ("${empty}", ""), ("", ""),
            ("code ${code}", "code ${name}"), ("🐈 ${name} é", "🐈 Ana é"), ("$${name}", "$Ana"),
        ])
    func values(_ text: String, result: String) throws {
        #expect(try expanded(text) == result)
    }

    @Test("a placeholder is one whatever joins the brace or the dollar", arguments: OctetsTests.joiners)
    func joined(_ mark: String) throws {
        #expect(try expanded("Hi ${name}\(mark)!") == "Hi Ana\(mark)!")
        #expect(try expanded("\(mark)${name}\(mark)${name}") == "\(mark)Ana\(mark)Ana")
        #expect(try expanded("$\(mark){name}${name}") == "$\(mark){name}Ana")
        #expect(!Template("${name}\(mark)").isConstant)
    }

    @Test("a placeholder is one behind CR, LF and letters that go before others", arguments: ["\r\n", "\r", "\u{600}"])
    func behind(_ text: String) throws {
        #expect(try expanded("\(text)${name}\(text)") == "\(text)Ana\(text)")
    }

    @Test(
        "the longest text is known before anybody gets it",
        arguments: [("", 0), ("Hi ${name}!", 9), ("${name}${name} 🐈", 13), ("${nothing}", 0), ("$ ${", 4)])
    func longest(_ text: String, units: Int) {
        #expect(Template(text).longestExpansion(with: Self.parameters) == units)
    }

    @Test(
        "what only looks like a placeholder is text",
        arguments: [
            "$", "${", "${}", "$name", "${na me}", "${name", "${abcdefghijklmnopq}", "{name}", "${näme}", "5 $ {name}",
        ])
    func plain(_ text: String) throws {
        #expect(try expanded(text) == text)
        #expect(Template(text).isConstant)
    }

    @Test("a number is found however it was written")
    func writtenForm() throws {
        #expect(try expanded("${name}", for: "12025550102") == "Bo")
        #expect(Self.parameters.asGiven["name"]?["+12025550102"] == "Bo")
    }

    @Test("others get the default, and without one there is no text")
    func fallback() throws {
        #expect(try expanded("${name}", for: "12025550199") == "there")
        #expect(try expanded("${code}", for: "12025550199") == nil)
        #expect(try expanded("${other}") == nil)
    }

    @Test("a text with a placeholder differs by recipient")
    func constant() {
        #expect(!Template("Hi ${name}").isConstant)
        #expect(Template("Hi").isConstant)
    }

    @Test(
        "a key is 1 to 16 of the allowed characters",
        arguments: [
            ("a", true), ("A_z-0.9", true), ("abcdefghijklmnop", true), ("abcdefghijklmnopq", false), ("", false),
            ("a b", false), ("ä", false),
        ])
    func key(_ key: String, isKey: Bool) {
        #expect(Template.isKey(key) == isKey)
    }

    @Test("of two spellings of one number the same wins every time")
    func twoSpellings() throws {
        let number = try #require(MSISDN("12025550101"))
        let values = (1...20).map { _ in
            Parameters(["name": ["12025550101": "bare", "+12025550101": "plus", "0012025550101": "zeros"]])
                .value(of: "name", for: number)
        }

        #expect(Set(values).count == 1)
    }
}
