import ConfigurationReading
import GatewayCore
import Testing

@testable import GatewayConfiguration

@Suite("A configuration checked on another machine than the gateway's")
struct CheckingElsewhereTests {
    private func fixture(_ more: String = "", plan: String = "") -> ConfigurationFixture {
        ConfigurationFixture(
            whole: """
                {channel_credentials: "/run/none", data_directory: "${DATA}", operations: {listen: "${LISTEN}"}, \(more)
                 service_plans: [{id: "p", api_tokens: ["${TOKEN}"], callback_secret: {file: "/run/none"}, \(plan)}],
                 mmscs: [{name: "north", url: "${URL}", account: "main"}],
                 routes: [{prefix: "", mmscs: ["north"]}]}
                """)
    }

    @Test("variables and files that are not here are listed, each with its place, and are no fault")
    func absent() throws {
        let text = try fixture().load(for: .checkingElsewhere).description

        let unchecked = text.split(separator: "\n").filter { $0.hasPrefix("// not checked: ") }.map { $0.dropFirst(16) }
        #expect(unchecked.count == 6, "\(text)")
        #expect(
            unchecked.contains { $0.hasPrefix("service_plans[0].api_tokens[0]: the environment variable TOKEN is") })
        #expect(
            unchecked.contains("service_plans[0].callback_secret: cannot read /run/none: there is no such file"))
        #expect(unchecked.contains { $0.hasPrefix("channel_credentials: cannot read /run/none") })
        #expect(text.hasSuffix("\n// configuration is valid as far as it is here"))
    }

    @Test(
        "what is here is checked as ever",
        arguments: [
            ("nonsense: 1,", ""), ("webhooks: {timeout: \"soon\"},", ""), ("", "callback_url: \"no url\""),
            ("media: {hosting: {keys: [\"${\"]}},", ""),
        ])
    func present(more: String, plan: String) {
        #expect(throws: ConfigurationFaults.self) { try fixture(more, plan: plan).load(for: .checkingElsewhere) }
    }

    @Test("a file that is here and cannot be read as what it should be is a fault")
    func malformed() {
        var fixture = fixture()
        fixture.files["/run/none"] = "{"

        #expect(throws: ConfigurationFaults.self) { try fixture.load(for: .checkingElsewhere) }
    }

    @Test("where nothing is missing the check says no more than on the gateway's machine")
    func whole() throws {
        let fixture = ConfigurationFixture(
            #"service_plans: [{id: "p", api_tokens: ["${HERE}"]}],"#, environment: ["HERE": "t"])

        #expect(try fixture.load(for: .checkingElsewhere).description == fixture.load().description)
    }
}
