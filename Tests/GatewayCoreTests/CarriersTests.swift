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

    @Test(
        "who waits for an MMSC that is gone goes where routes lead now; any other stays",
        arguments: [
            ("north", "south"), ("north west", "south"), ("south", nil), ("north south", nil), ("=north", nil),
        ] as [(String, String?)])
    func rerouted(_ text: String, expected: String?) throws {
        let routes = Routes([Routes.Route(prefix: "1", mmscs: ["south"])])
        let number = try #require(MSISDN("12025550101"))

        let others = try #require(Carriers(text)).rerouted(for: number, by: routes, among: ["south"])

        #expect(others?.description == expected)
    }

    @Test("who no route leads away stays", arguments: [[], ["north"]])
    func stays(_ mmscs: [String]) throws {
        let routes = Routes(mmscs.isEmpty ? [] : [Routes.Route(prefix: "1", mmscs: mmscs)])
        let number = try #require(MSISDN("12025550101"))

        #expect(try #require(Carriers("north")).rerouted(for: number, by: routes, among: ["south"]) == nil)
    }
}
