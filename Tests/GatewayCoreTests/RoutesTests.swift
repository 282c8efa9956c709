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

        #expect(Self.routes.mmscs(for: number) == mmscs)
        #expect(Self.routes.mmsc(for: number) == mmscs.first)
    }

    @Test("the empty prefix takes what no other does")
    func catchAll() throws {
        let routes = Routes([.init(prefix: "", mmscs: ["any"]), .init(prefix: "1", mmscs: ["north"])])

        #expect(routes.mmsc(for: try #require(MSISDN("492071838750"))) == "any")
        #expect(routes.mmsc(for: try #require(MSISDN("12025550101"))) == "north")
    }

    @Test("a prefix may be longer than a number")
    func longPrefix() throws {
        let routes = Routes([.init(prefix: "1234567890123456", mmscs: ["x"]), .init(prefix: "1", mmscs: ["north"])])

        #expect(routes.mmsc(for: try #require(MSISDN("1234567"))) == "north")
    }

    @Test("without routes nothing is reached")
    func none() throws {
        #expect(Routes([]).mmsc(for: try #require(MSISDN("12025550101"))) == nil)
    }
}
