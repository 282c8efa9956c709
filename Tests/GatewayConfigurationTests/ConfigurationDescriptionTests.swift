import ConfigurationReading
import FoundationEssentials
import GatewayCore
import Testing

@testable import GatewayConfiguration

@Suite("Effective values in print")
struct ConfigurationDescriptionTests {
    @Test("no secret is in any description, and every key is")
    func masks() throws {
        let configuration = try ConfigurationFixture.sample(everyKey: true).load()

        let texts = ["\(configuration)", String(reflecting: configuration), dumped(configuration)]
        for text in texts {
            #expect(!text.contains("secret-"))
        }
        for key in [
            "public_url", "callback_secret", "access_keys", "secret_access_key", "vaspid", "basic_auth", "allow",
            "drain", "level",
        ] {
            #expect(texts[0].contains("\(key): "), "\(key)")
        }
        #expect(texts[0].contains("•••"))
        #expect(texts[0].hasSuffix("configuration is valid"))
    }

    @Test("credentials of an account are in force, masked")
    func joinedCredentials() throws {
        let text = try "\(ConfigurationFixture.sample().load())"

        #expect(text.contains(#"vaspid: "•••""#))
        #expect(text.contains(#"username: "demo""#))
        #expect(!text.contains(#"password: "demo""#) && !text.contains("demo-vasp"))
    }

    @Test("the print is itself JSON5 with the same values")
    func readsBack() throws {
        let configuration = try ConfigurationFixture.sample(everyKey: true).load()

        let again = try ConfigurationValue(json5: Data("\(configuration)".utf8))

        #expect(sorted(again) == sorted(configuration.effective))
    }

    @Test("a key in the query or the path of a URL is not shown")
    func maskedURL() throws {
        let text = try
            "\(ConfigurationFixture(whole: """
            {mmscs: [{name: "a", url: "http://mmsc/mm7/vasp=hush"}, {name: "b", url: "http://mmsc/mm7?key=hush"}],
             routes: [{prefix: "", mmscs: ["a", "b"]}]}
            """).load())"

        #expect(text.contains(#"url: "http://mmsc/mm7/vasp=•••""#))
        #expect(text.contains(#"url: "http://mmsc/mm7?•••""#))
    }

    @Test("a token that can be guessed is told, without being shown")
    func shortSecrets() throws {
        func text(_ token: String) throws -> String {
            try
                "\(ConfigurationFixture(whole: """
            {service_plans: [{id: "plan1", api_tokens: ["\(token)", "0123456789abcdef"]}],
             mmscs: [{name: "a", url: "http://mmsc/mm7"}], routes: [{prefix: "", mmscs: ["a"]}]}
            """).load())"
        }

        let short = try text("0123456789abcde")

        #expect(short.contains("// a token in api_tokens of the service plan plan1 is shorter than 16 characters"))
        #expect(!short.contains("0123456789"))
        #expect(try !text("0123456789abcdeX").contains("shorter than"))
    }

    @Test(
        "a callback address that egress refuses is told, and one that it allows is not",
        arguments: [
            ("http://10.1.2.3/mms", "", true), ("http://localhost:8080/mms", "", true), ("http://[::1]/mms", "", true),
            ("http://0x0a.1/mms", "", true), ("http://10.1.2.3/mms", #""10.0.0.0/8""#, false),
            ("http://localhost/mms", #""127.0.0.0/8""#, false), ("https://app.example.net/mms", "", false),
        ])
    func refusedTargets(url: String, allowed: String, isReported: Bool) throws {
        let text = """
            {service_plans: [{id: "plan1", api_tokens: ["0123456789abcdef"], callback_url: "\(url)"}],
             egress: {allow: [\(allowed)]},
             mmscs: [{name: "a", url: "http://mmsc/mm7"}], routes: [{prefix: "", mmscs: ["a"]}]}
            """

        let told = "\(try ConfigurationFixture(whole: text).load())"

        #expect(told.contains("callback_url of the service plan plan1 has an address that is not public") == isReported)
        #expect(told.contains("names in callback addresses are not looked up here") == url.contains("example.net"))
    }

    private func dumped(_ configuration: Configuration) -> String {
        var text = ""
        dump(configuration, to: &text)
        return text
    }

    private func sorted(_ value: ConfigurationValue) -> ConfigurationValue {
        switch value {
        case .object(let members):
            .object(members.map { .init(key: $0.key, value: sorted($0.value)) }.sorted { $0.key < $1.key })
        case .array(let elements): .array(elements.map(sorted))
        default: value
        }
    }
}
