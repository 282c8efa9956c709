import ConfigurationReading
import GatewayCore
import Testing

@testable import GatewayConfiguration

@Suite("Who has access, in the configuration")
struct AccessConfigurationTests {
    private static let token = "a-token-of-a-customer"
    private static let hash = SecretHash(of: token).description

    @Test("a token may be given as its hash, which is shown masked")
    func hashed() throws {
        let configuration = try ConfigurationFixture(
            #"service_plans: [{id: "p", api_tokens: ["other-token-of-it", "\#(Self.hash)"]}],"#
        ).load()

        let plan = try #require(configuration.directory.servicePlans["p"])
        #expect(plan.accepts(token: Self.token))
        #expect(plan.accepts(token: "other-token-of-it"))
        #expect("\(configuration)".contains(#"api_tokens: ["•••", "sha256:•••"]"#))
    }

    @Test("what begins as a hash and is none is a fault that does not repeat it")
    func faultyHash() {
        let faults = ConfigurationFixture(#"service_plans: [{id: "p", api_tokens: ["sha256:5e88"]}],"#).faults()

        #expect(
            faults == [
                #"service_plans[0].api_tokens[0]: must be a string that is not empty, or "sha256:" and the 64 digits that `mm7-gateway token --hash` prints"#
            ])
    }

    @Test("a token and its hash are one token, and belong to one plan")
    func twice() {
        let faults = ConfigurationFixture(
            #"service_plans: [{id: "p", api_tokens: ["\#(Self.token)"]}, {id: "q", api_tokens: ["\#(Self.hash)"]}],"#
        ).faults()

        #expect(faults.count == 1)
        #expect(faults.first?.contains("is the same as service_plans[0].api_tokens[0]") == true)
        #expect(faults.first?.contains(Self.token) == false)
    }

    @Test("users of the operations port have a name each, and a password or its hash")
    func users() throws {
        let operations = try ConfigurationFixture(
            #"""
            operations: {users: [{username: "a", password: "\#(Self.hash)"}, {username: "b", password: "plain"}],
             probes: "protected"},
            """#
        ).load().operations

        #expect(operations.users.map(\.username) == ["a", "b"])
        #expect(operations.probes == .protected)
        // The first whose password is known in plain text.
        #expect(operations.authorization?.reveal() == "Basic YjpwbGFpbg==")
    }

    @Test("faults of users are told, all at once")
    func faultyUsers() {
        let faults = ConfigurationFixture(
            #"operations: {users: [{username: "a", password: "x"}, {username: "a", password: ""}, {}]},"#
        ).faults()

        #expect(faults.count == 4, "\(faults)")
    }

    @Test("short passwords are told, and so is an operations port that others reach without one")
    func warnings() throws {
        func text(_ operations: String) throws -> String {
            "\(try ConfigurationFixture("operations: {\(operations)},").load())"
        }

        let short = try text(#"listen: "0.0.0.0:9090", users: [{username: "a", password: "short"}]"#)
        #expect(short.contains("// the password in operations.users of a is shorter than 16 characters"))
        #expect(!short.contains("operations.users is empty"))
        #expect(try text(#"listen: "0.0.0.0:9090""#).contains("operations.users is empty"))
        for own in ["127.0.0.1", "[::1]", "localhost"] {
            #expect(try !text(#"listen: "\#(own):9090""#).contains("operations.users is empty"), "\(own)")
        }
    }
}
