import ConfigurationReading
import GatewayCore
import Testing

@testable import GatewayConfiguration

@Suite("A configuration read to look at what is there")
struct LookingTests {
    private static let incomplete = """
        service_plans: [{id: "p", api_tokens: ["${NOT_HERE}"], callback_secret: {file: "/run/none"}}],
        projects: [{id: "q", access_keys: [{id: "k", secret: "${NOT_HERE}"}], apps: [{id: "a"}]}],
        media: {hosting: {keys: ["${NOT_HERE}"]}}, channel_credentials: "/run/none",
        """

    private func fixture(_ more: String = "") -> ConfigurationFixture {
        ConfigurationFixture(
            whole: """
                {\(Self.incomplete) \(more)
                 mmscs: [{name: "north", url: "${NOT_HERE}", vaspid: "${NOT_HERE}", account: "main",
                          basic_auth: {username: "${NOT_HERE}", password: "${NOT_HERE}"},
                          callback: {username: "north", password: "${NOT_HERE}"}}],
                 routes: [{prefix: "", mmscs: ["north"]}]}
                """)
    }

    @Test("secrets and variables that are not here are not missed")
    func left() throws {
        let configuration = try fixture().load(for: .looking)

        #expect(configuration.directory.mmscs.keys.sorted() == ["north"])
        #expect(configuration.directory.servicePlans["p"]?.apiTokens.isEmpty == true)
    }

    @Test("to serve by it all of them are")
    func serving() {
        #expect(throws: ConfigurationFaults.self) { try fixture().load() }
        #expect(fixture().faults().count >= 9)
    }

    @Test(
        "without the place of the database or of the gateway there is nothing to look at",
        arguments: ["data_directory: \"${NOT_HERE}\",", "operations: {listen: \"${NOT_HERE}\"},"])
    func needed(more: String) {
        #expect(throws: ConfigurationFaults.self) { try fixture(more).load(for: .looking) }
    }

    @Test("what is here is read as ever, and other faults are faults")
    func present() throws {
        let configuration = try ConfigurationFixture(
            #"service_plans: [{id: "p", api_tokens: ["${HERE}"]}],"#, environment: ["HERE": "t"]
        ).load(for: .looking)

        #expect(configuration.directory.servicePlans["p"]?.accepts(token: "t") == true)
        #expect(throws: ConfigurationFaults.self) { try fixture("nonsense: 1,").load(for: .looking) }
    }
}
