import Testing

@testable import mm7_gateway

@Suite("When freed memory is given back")
struct TrimRuleTests {
    private let mega = 1 << 20

    @Test("a quiet process is left alone")
    func quiet() {
        var rule = TrimRule()
        rule.trimmed(.init(free: 20 * mega, resident: 60 * mega))

        let isDue = rule.isDue(.init(free: 22 * mega, resident: 61 * mega))
        #expect(!isDue)
    }

    @Test("after a flood it is due, and once")
    func flood() {
        var rule = TrimRule()
        rule.trimmed(.init(free: 2 * mega, resident: 60 * mega))
        // In the flood there is nothing to give back.
        let isDueInTheFlood = rule.isDue(.init(free: 4 * mega, resident: 400 * mega))
        #expect(!isDueInTheFlood)

        let isDueAfterIt = rule.isDue(.init(free: 340 * mega, resident: 402 * mega))
        #expect(isDueAfterIt)
        rule.trimmed(.init(free: 340 * mega, resident: 62 * mega))
        let isDueAgain = rule.isDue(.init(free: 340 * mega, resident: 62 * mega))
        #expect(!isDueAgain)
    }

    @Test("a second flood in what the first one left is seen too")
    func again() {
        var rule = TrimRule()
        rule.trimmed(.init(free: 340 * mega, resident: 62 * mega))

        let isDue = rule.isDue(.init(free: 340 * mega, resident: 400 * mega))
        #expect(isDue)
    }
}
