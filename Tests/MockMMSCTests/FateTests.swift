import MM7
import Testing

@testable import MockMMSC

@Suite("Fates")
struct FateTests {
    private var faults: Faults {
        var faults = Faults()
        faults.refuse = 0.1
        faults.drop = 0.2
        faults.duplicate = 0.3
        return faults
    }

    @Test("the same seed draws the same fates")
    func seeded() {
        let one = Fates(faults, random: SeededGenerator(seed: 7))
        let other = Fates(faults, random: SeededGenerator(seed: 7))

        #expect((0..<200).map { _ in one.draw() } == (0..<200).map { _ in other.draw() })
    }

    @Test("shares are kept")
    func shares() {
        let fates = Fates(faults, random: SeededGenerator(seed: 1))

        let drawn = (0..<10_000).map { _ in fates.draw() }

        #expect((900...1100).contains(drawn.count { $0.answer == .refused(.serviceUnavailable) }))
        #expect((1850...2150).contains(drawn.count { $0.answer == .dropped }))
        #expect((2850...3150).contains(drawn.count { $0.reports == 2 }))
        #expect(!drawn.contains { $0.isReportFirst })
    }

    @Test("without faults all is accepted and reported once, on time")
    func none() {
        let fates = Fates(Faults(), random: SeededGenerator(seed: 1))

        #expect((0..<1000).allSatisfy { _ in fates.draw() == Fate() })
    }
}
