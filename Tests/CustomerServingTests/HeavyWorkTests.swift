import Synchronization
import Testing

@testable import CustomerServing

@Suite("What takes long of large bodies")
struct HeavyWorkTests {
    /// How many do something at the same time, at most.
    private final class Meter: Sendable {
        private let counts = Mutex((now: 0, most: 0))

        var most: Int { counts.withLock { $0.most } }

        func measure() {
            counts.withLock { counts in
                counts.now += 1
                counts.most = max(counts.most, counts.now)
            }
            // Long enough for others to begin in it if they could.
            var sum: UInt64 = 0
            for number in 0..<100_000 as Range<UInt64> { sum = sum &* 31 &+ number }
            counts.withLock { $0.now -= sum == .max ? 0 : 1 }
        }
    }

    private func run(_ owners: [String], processors: Int) async throws -> (of: [String: Int], together: Int) {
        let work = HeavyWork(processors: processors)
        let together = Meter()
        let meters = Dictionary(uniqueKeysWithValues: Set(owners).map { ($0, Meter()) })
        try await withThrowingTaskGroup(of: Void.self) { group in
            for owner in owners {
                group.addTask {
                    try await work.run(ofBytes: 1 << 20, for: owner) {
                        together.measure()
                        meters[owner]?.measure()
                    }
                }
            }
            try await group.waitForAll()
        }
        return (meters.mapValues(\.most), together.most)
    }

    @Test("a customer's are done one after the other, however many processors there are")
    func oneCustomer() async throws {
        let most = try await run(Array(repeating: "shop", count: 20), processors: 16)

        #expect(most.of == ["shop": 1])
        #expect(most.together == 1)
    }

    @Test(
        "all customers' have half of the processors, and one where there is one", arguments: [(1, 1), (2, 1), (4, 2)])
    func half(processors: Int, most: Int) async throws {
        let measured = try await run((0..<40).map { "plan\($0 % 8)" }, processors: processors)

        #expect(measured.together <= most)
        #expect(measured.of.values.allSatisfy { $0 == 1 })
    }

    @Test("what it throws is thrown, and the next one has its turn")
    func failure() async throws {
        let work = HeavyWork(processors: 2)

        await #expect(throws: CallRefusal.keyReused) {
            try await work.run(ofBytes: 1 << 20, for: "shop") { throw CallRefusal.keyReused }
        }
        #expect(try await work.run(ofBytes: 1 << 20, for: "shop") { 7 } == 7)
    }

    @Test("small work is done while large work of the same customer is under way")
    func small() async throws {
        let work = HeavyWork(processors: 2)

        let inner = try await work.run(ofBytes: 1 << 20, for: "shop") {
            // Not in turn, as the turn is taken: it would never end.
            Task { try await work.run(ofBytes: 100, for: "shop") { 7 } }
        }

        #expect(try await inner.value == 7)
    }
}
