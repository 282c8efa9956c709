import Foundation
import GatewayCore
import Testing

@Suite("Identifiers")
struct ULIDTests {
    @Test(
        "an identifier is written and read as the specification's examples",
        arguments: [
            ("00000000000000000000000000", UInt64(0), UInt64(0)),
            ("7ZZZZZZZZZZZZZZZZZZZZZZZZZ", .max, .max),
            ("01ARYZ6S410000000000000000", 0x0156_3DF3_6481_0000, 0),
        ])
    func text(_ text: String, high: UInt64, low: UInt64) {
        #expect(ULID(high: high, low: low).description == text)
        #expect(ULID(text) == ULID(high: high, low: low))
    }

    @Test(
        "what is no identifier is not read",
        arguments: [
            "", "0", "8ZZZZZZZZZZZZZZZZZZZZZZZZZ", "01arz3ndektsv4rrffq69g5fav", "01ARZ3NDEKTSV4RRFFQ69G5FAU",
            "01ARZ3NDEKTSV4RRFFQ69G5FAVX", "01ARZ3NDEKTSV4RRFFQ69G5FA", "01ARZ3NDEKTSV4RRFFQ69G5FÄ",
        ])
    func noIdentifier(_ text: String) {
        #expect(ULID(text) == nil)
    }

    @Test("an identifier says when it was made")
    func time() {
        #expect(ULID("01ARYZ6S410000000000000000")?.milliseconds == 1_469_918_176_385)
    }

    @Test("text and value are in the same order", arguments: [(UInt64(0), UInt64(1)), (1, 0), (7, .max)])
    func order(high: UInt64, low: UInt64) {
        let smaller = ULID(high: high, low: low)
        let larger = ULID(high: high + 1, low: 0)

        #expect(smaller < larger)
        #expect(smaller.description < larger.description)
    }

    @Test("identifiers rise within a millisecond, through time, and when the clock goes back")
    func rising() {
        let ids = ULIDGenerator()
        let start = Date(milliseconds: 1_800_000_000_000)
        let times = [start, start, start + .milliseconds(1), start + .seconds(-3600), start + .milliseconds(1)]

        let made = times.flatMap { time in (1...100).map { _ in ids.next(at: time) } }

        #expect(made == made.sorted())
        #expect(Set(made).count == made.count)
        #expect(made[0].milliseconds == 1_800_000_000_000)
        #expect(made[499].milliseconds == 1_800_000_000_001)
    }

    @Test("within a millisecond each is the one before plus one, across the carry")
    func carry() {
        struct AllOnes: RandomNumberGenerator, Sendable {
            mutating func next() -> UInt64 { .max }
        }
        let ids = ULIDGenerator(random: AllOnes())

        let (first, second) = (ids.next(at: Date(milliseconds: 5)), ids.next(at: Date(milliseconds: 5)))

        #expect(first.low == .max)
        #expect(second.low == 0)
        #expect(second.high == first.high + 1)
        #expect(second.milliseconds == 5)
    }

    @Test("two generators do not make the same identifiers")
    func independent() {
        let now = Date(milliseconds: 1_800_000_000_000)

        #expect(ULIDGenerator().next(at: now) != ULIDGenerator().next(at: now))
    }

    @Test("messages of a batch have one block of identifiers, whoever else asks for some")
    func blocks() async throws {
        let ids = ULIDGenerator()
        let time = Date(milliseconds: 1_800_000_000_000)
        let blocks = await withTaskGroup(of: [ULID].self) { group in
            for _ in 0..<8 { group.addTask { ids.next(1_000, at: time) } }
            return await group.reduce(into: []) { $0.append($1) }
        }

        for block in blocks {
            let (low, _) = block[0].low.addingReportingOverflow(999)
            #expect(block.last?.low == low)
            #expect(block == block.sorted())
        }
        #expect(Set(blocks.joined()).count == 8_000)
    }
}
