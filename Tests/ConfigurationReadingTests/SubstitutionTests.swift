import GatewayCore
import Testing

@testable import mm7_gateway

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

    @Test("any string may be a variable or a file, lists and nested objects included")
    func everywhere() throws {
        var fixture = ConfigurationFixture(
            """
            server: {listen: "127.0.0.1:${PORT}"}, media: {limit: {file: "limit"}},
            service_plans: [{id: "p", api_tokens: ["${TOKEN}", {file: "/run/${NAME}"}]}],
            """, environment: ["PORT": "81", "TOKEN": "t1", "NAME": "token"])
        fixture.files["/etc/gateway/limit"] = "600kB\r\n"
        fixture.files["/run/token"] = "t2 \n\n"

        let configuration = try fixture.load()

        #expect(configuration.server.listen == ListenAddress(host: "127.0.0.1", port: 81))
        #expect(configuration.media.limitBytes == 600_000)
        #expect(configuration.directory.servicePlans["p"]?.apiTokens == [Secret("t1"), Secret("t2 \n")])
    }

    @Test("what is missing is named")
    func missing() {
        let faults = ConfigurationFixture(
            "data_directory: '${NOWHERE}/x', server: {public_url: {file: '/run/none'}}, log: {level: '${'},"
        ).faults()

        #expect(
            faults == [
                "server.public_url: cannot read /run/none: there is no such file",
                "data_directory: the environment variable NOWHERE is not set; set it, or write \"$${\" for a plain \"${\"",
                "log.level: \"${\" needs a variable's name and \"}\" behind it; write \"$${\" for a plain \"${\"",
            ])
    }
}
