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

    @Test("the answers share one draw, and all of it may be used")
    func disjoint() {
        var faults = Faults()
        (faults.refuse, faults.drop, faults.hang, faults.fault, faults.html) = (0.1, 0.1, 0.1, 0.1, 0.1)
        (faults.half, faults.misaddress, faults.deny, faults.reset) = (0.1, 0.1, 0.1, 0.2)
        let fates = Fates(faults, random: SeededGenerator(seed: 1))

        let drawn = (0..<10_000).map { _ in fates.draw().answer }

        #expect(!drawn.contains(.accepted))
        for answer in faults.answers {
            let count = drawn.count { $0 == answer.answer }
            #expect((850...1150).contains(answer.answer == .reset ? count / 2 : count), "\(answer.answer)")
        }
    }

    @Test("turning one fault on does not move the others")
    func apart() {
        var more = faults
        more.swap = 0.5
        more.partial = 0.5
        more.html = 0.3
        let (some, all) = (faults, more)
        let one = Fates(some, random: SeededGenerator(seed: 7))
        let other = Fates(all, random: SeededGenerator(seed: 7))

        for _ in 0..<200 {
            let (few, many) = (one.draw(), other.draw())
            #expect(few.reports == many.reports)
            #expect(few.answer == .accepted || few.answer == many.answer)
        }
    }

    @Test("of several at least one is taken and one is not", arguments: [2, 3, 100])
    func untaken(count: Int) {
        for seed in 0..<100 as Range<UInt64> {
            let untaken = Fate(partialSeed: seed).untaken(of: count)

            #expect((1..<count).contains(untaken.count))
            #expect(untaken.allSatisfy { (0..<count).contains($0) })
        }
        #expect(Fate(partialSeed: 1).untaken(of: 1).isEmpty)
        #expect(Fate().untaken(of: count).isEmpty)
    }
}
