import GatewayCore
import Testing

@Suite("Ways to MMSCs")
struct RoutesTests {
    private static let routes = Routes([
        .init(prefix: "1", mmscs: ["north", "spare"]), .init(prefix: "1202", mmscs: ["capital"]),
        .init(prefix: "44", mmscs: ["south"]),
    ])

    @Test(
        "the longest prefix wins",
        arguments: [
            ("12025550101", ["capital"]), ("12125550101", ["north", "spare"]), ("442071838750", ["south"]),
            ("492071838750", []),
        ])
    func longest(_ number: String, mmscs: [String]) throws {
        let number = try #require(MSISDN(number))

        #expect(Self.routes.carriers(for: number)?.names ?? [] == mmscs)
    }

    @Test("the empty prefix takes what no other does")
    func catchAll() throws {
        let routes = Routes([.init(prefix: "", mmscs: ["any"]), .init(prefix: "1", mmscs: ["north"])])

        #expect(routes.carriers(for: try #require(MSISDN("492071838750"))) == Carriers(["any"]))
        #expect(routes.carriers(for: try #require(MSISDN("12025550101"))) == Carriers(["north"]))
    }

    @Test("a prefix may be longer than a number")
    func longPrefix() throws {
        let routes = Routes([.init(prefix: "1234567890123456", mmscs: ["x"]), .init(prefix: "1", mmscs: ["north"])])

        #expect(routes.carriers(for: try #require(MSISDN("1234567"))) == Carriers(["north"]))
    }

    @Test("without routes nothing is reached")
    func none() throws {
        #expect(Routes([]).carriers(for: try #require(MSISDN("12025550101"))) == nil)
    }
}
