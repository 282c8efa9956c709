import GatewayCore
import Testing

@Suite("Who may carry a message")
struct CarriersTests {
    @Test(
        "the first that takes messages carries it",
        arguments: [(["north", "south"], "north"), (["south"], "south"), ([], nil)] as [(Set<String>, String?)])
    func first(available: Set<String>, carrier: String?) {
        #expect(Carriers(["north", "south"])?.carrier(where: available.contains) == carrier)
    }

    @Test("the one that may have the message keeps it, whether it takes messages or not")
    func settled() {
        #expect(Carriers(settledOn: "north").carrier { _ in false } == "north")
    }

    @Test("they are read as they are written", arguments: ["north", "north south", "=north"])
    func text(_ text: String) {
        #expect(Carriers(text)?.description == text)
    }

    @Test("nobody is no carrier", arguments: ["", "=", " "])
    func nobody(_ text: String) {
        #expect(Carriers(text) == nil)
    }
}
