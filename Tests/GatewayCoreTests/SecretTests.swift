import GatewayCore
import Testing

@Suite("Secrets")
struct SecretTests {
    private struct Holder {
        let login = MMSC.Login(username: "u", password: Secret("hunter2"))
    }

    @Test("no way of printing shows a secret")
    func masked() {
        let secret = Secret("hunter2")
        var dumped = ""
        dump(Holder(), to: &dumped)

        for text in ["\(secret)", String(reflecting: secret), "\(Holder())", "\([secret])", dumped] {
            #expect(!text.contains("hunter2"))
        }
        #expect(secret.reveal() == "hunter2")
    }

    @Test(
        "a secret matches itself alone",
        arguments: [
            ("hunter2", true), ("hunter3", false), ("hunter", false), ("hunter22", false), ("", false),
            ("Hunter2", false),
        ])
    func matches(_ text: String, isSame: Bool) {
        #expect(Secret("hunter2").matches(text) == isSame)
    }

    @Test("a plan takes each of its tokens and no other")
    func tokens() {
        let plan = ServicePlan(id: "plan1", apiTokens: [Secret("a"), Secret("b")])

        #expect(plan.accepts(token: "a"))
        #expect(plan.accepts(token: "b"))
        #expect(!plan.accepts(token: "c"))
        #expect(!ServicePlan(id: "plan2", apiTokens: []).accepts(token: ""))
    }
}
