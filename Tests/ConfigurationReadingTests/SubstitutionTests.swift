import Testing

@testable import ConfigurationReading

@Suite("Substitution in strings")
struct SubstitutionTests {
    @Test(
        "variables stand for their values",
        arguments: [
            ("plain", "plain"), ("${A}", "one"), ("x-${A}-${B}-y", "x-one-two-y"), ("$${A}", "${A}"),
            ("$$${A}", "$${A}"),
            ("$A $ 5$", "$A $ 5$"), ("${A}${A}", "oneone"), ("${EMPTY}", ""), ("é${A}é", "éoneé"),
        ])
    func apply(text: String, expected: String) throws {
        #expect(try Substitution.apply(to: text) { ["A": "one", "B": "two", "EMPTY": ""][$0] } == expected)
    }

    @Test(
        "a variable is one whatever joins the brace or the dollar",
        arguments: ["\u{301}", "\u{200D}", "\u{FE0F}", "\r\n"])
    func joined(mark: String) throws {
        #expect(try Substitution.apply(to: "${A}\(mark)$\(mark)") { _ in "one" } == "one\(mark)$\(mark)")
        #expect(try Substitution.apply(to: "\(mark)$${A}\(mark)${A}") { _ in "one" } == "\(mark)${A}\(mark)one")
    }

    @Test("a value is not substituted again")
    func onlyOnce() throws {
        #expect(try Substitution.apply(to: "${A}") { _ in "${B}" } == "${B}")
    }

    @Test("what is no variable's name is malformed", arguments: ["${A", "${}", "${1A}", "${A B}", "${A-B}", "${Ä}"])
    func malformed(text: String) {
        #expect(throws: Substitution.Failure.malformed) { try Substitution.apply(to: text) { _ in "x" } }
    }
}
