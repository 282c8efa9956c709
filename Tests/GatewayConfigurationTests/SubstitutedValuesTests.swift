import GatewayCore
import Testing

@testable import GatewayConfiguration

@Suite("Variables and files in a configuration")
struct SubstitutedValuesTests {
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
        #expect(configuration.directory.servicePlans["p"]?.apiTokens.map(\.text) == [Secret("t1"), Secret("t2 \n")])
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
