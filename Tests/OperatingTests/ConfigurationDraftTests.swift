import ConfigurationReading
import Foundation
import GatewayConfiguration
import GatewayCore
import Testing

@testable import Operating

@Suite("A first configuration")
struct ConfigurationDraftTests {
    private func draft(_ change: (inout ConfigurationDraft) -> Void = { _ in }) -> ConfigurationDraft {
        var draft = ConfigurationDraft(token: Secret("0123456789abcdef0123456789abcdef"))
        draft.mmscURL = "https://mm7.example.net/mm7"
        change(&draft)
        return draft
    }

    /// The configuration as `serve` reads it.
    private func read(_ draft: ConfigurationDraft) throws -> Configuration {
        let files = draft.files(named: "gateway.json")
        let contents = { (path: String) in
            guard let file = files.first(where: { "/etc/\($0.name)" == path }) else {
                throw CocoaError(.fileReadNoSuchFile)
            }
            return Data(file.text.utf8)
        }
        return try Configuration.load(path: "/etc/gateway.json", environment: { _ in nil }, readFile: contents)
    }

    @Test(
        "a folder is taken from where the operator is",
        arguments: [
            ("/var/lib/x", "/var/lib/x"), ("data", "/home/me/data"), ("./data", "/home/me/data"), (".", "/home/me"),
            ("../data", "/home/me/../data"), ("", ""),
        ])
    func folders(given: String, expected: String) {
        #expect(ConfigurationDraft.absolute(given, from: "/home/me") == expected)
        #expect(ConfigurationDraft.absolute("data", from: "/") == "/data")
    }

    @Test("what was said is in force, the account in the vendor's form")
    func account() throws {
        let draft = draft {
            $0.vaspID = "vasp \"7\""
            $0.username = "user"
            $0.password = "p\\q${x}"
            $0.number = "12025550100"
            $0.plan = "shop"
        }

        let configuration = try read(draft)

        let mmsc = try #require(configuration.directory.mmscs["main"])
        #expect(mmsc.url == "https://mm7.example.net/mm7")
        #expect(mmsc.vaspID == "vasp \"7\"")
        #expect(mmsc.login?.username == "user")
        #expect(mmsc.login?.password.reveal() == "p\\q${x}")
        let plan = try #require(configuration.directory.servicePlans["shop"])
        #expect(plan.accepts(token: "0123456789abcdef0123456789abcdef"))
        #expect(plan.customer.numbers == ["12025550100"])
        #expect(throws: Never.self) { try draft.check(at: "etc/gateway.json") }
    }

    @Test("an account without a VASPID, and none at all")
    func otherAccounts() throws {
        let login = draft {
            $0.username = "user"
            $0.password = "pass"
        }

        #expect(try read(login).directory.mmscs["main"]?.login?.password.reveal() == "pass")
        #expect(try read(draft()).directory.mmscs["main"]?.login == nil)
        #expect(throws: Never.self) { try draft().check(at: "gateway.json") }
    }

    @Test("secrets are in files of their own, and those are secret")
    func secrets() {
        let draft = draft {
            $0.vaspID = "the-vasp"
            $0.username = "user"
            $0.password = "the-password"
        }

        let files = draft.files(named: "gateway.json")

        #expect(files.map(\.name) == ["gateway.json", "channel_credentials.json", "plan1.token"])
        #expect(files.map(\.isSecret) == [false, true, true])
        for secret in ["the-vasp", "the-password", draft.token.reveal()] {
            #expect(!files[0].text.contains(secret))
        }
    }

    @Test("a wrong answer is reported as check-config would")
    func faults() throws {
        let draft = draft {
            $0.mmscURL = "mm7.example.net"
            $0.plan = "../plan"
            $0.profile = "odd"
        }

        let faults = try #require(throws: ConfigurationFaults.self) { try draft.check(at: "gateway.json") }

        #expect(faults.faults.map(\.path) == ["service_plans[0].id", "mmscs[0].url", "mmscs[0].profile"])
    }

    @Test("each token is another, and too long to be guessed")
    func tokens() {
        let tokens = (0..<100).map { _ in ConfigurationDraft().token.reveal() }

        #expect(Set(tokens).count == 100)
        #expect(tokens.allSatisfy { $0.utf8.count == 43 })
    }
}
