import GatewayCore
import Testing

@Suite("Waiting for a permit of a shared resource")
struct SharedPermitsTests {
    private typealias Permits = SharedPermits<String, String>

    /// Holds a permit until it is let go.
    private struct Holder {
        let task: Task<Void, any Error>
        private let gate: AsyncStream<Void>.Continuation

        init(of permits: Permits, for owner: String, ending: Permits.Share.Ending = .answered) async {
            let (gate, release) = AsyncStream<Void>.makeStream()
            let (begun, begin) = AsyncStream<Void>.makeStream()
            self.gate = release
            task = Task {
                try await permits.withPermit(for: owner, at: owner) {
                    begin.finish()
                    for await _ in gate {}
                    return ((), ending)
                }
            }
            for await _ in begun {}
        }

        func letGo() async throws {
            gate.finish()
            try await task.value
        }
    }

    @Test("who waits goes in turns among owners and not in the order of coming")
    func turns() async throws {
        let permits = Permits(.reads, capacity: 1, waitingLimit: 10)
        let first = await Holder(of: permits, for: "a")
        let (order, note) = AsyncStream<String>.makeStream()
        let waiting = await withTaskGroup(of: Void.self) { group in
            for (count, owner) in ["a", "a", "b"].enumerated() {
                group.addTask {
                    _ = try? await permits.withPermit(for: owner, at: owner) { (note.yield(owner), .answered) }
                }
                while permits.waitingCount <= count { await Task.yield() }
            }
            try? await first.letGo()
            var owners: [String] = []
            for await owner in order {
                owners.append(owner)
                if owners.count == 3 { break }
            }
            return owners
        }

        #expect(waiting == ["b", "a", "a"])
    }

    @Test("where as many wait as may, the next is refused at once")
    func full() async throws {
        let permits = Permits(.reads, capacity: 1, waitingLimit: 0)
        let holder = await Holder(of: permits, for: "a")

        await #expect(throws: Permits.Refusal.full) {
            try await permits.withPermit(for: "b", at: "b") { ((), .answered) }
        }
        try await holder.letGo()
        #expect(try await permits.withPermit(for: "b", at: "b") { (1, .answered) } == 1)
    }

    @Test("one owner has half of the places to wait in, so that others find some")
    func halfOfTheWaiting() async throws {
        let permits = Permits(.reads, capacity: 2, waitingLimit: 4)
        let (one, other) = (await Holder(of: permits, for: "a"), await Holder(of: permits, for: "b"))
        let waiting = (0..<2).map { _ in Task { try await permits.withPermit(for: "a", at: "a") { (1, .answered) } } }
        while permits.waitingCount < 2 { await Task.yield() }

        await #expect(throws: Permits.Refusal.full) {
            try await permits.withPermit(for: "a", at: "a") { ((), .answered) }
        }
        let others = Task { try await permits.withPermit(for: "b", at: "b") { (2, .answered) } }
        while permits.waitingCount < 3 { await Task.yield() }
        try await one.letGo()
        try await other.letGo()
        for task in waiting { #expect(try await task.value == 1) }
        #expect(try await others.value == 2)
    }

    @Test("who is cancelled while waiting leaves its turn to others")
    func cancelled() async throws {
        let permits = Permits(.reads, capacity: 1, waitingLimit: 1)
        let holder = await Holder(of: permits, for: "a")
        let waiting = Task { try await permits.withPermit(for: "b", at: "b") { ((), .answered) } }
        while permits.waitingCount == 0 { await Task.yield() }

        waiting.cancel()

        await #expect(throws: Permits.Refusal.cancelled) { try await waiting.value }
        #expect(permits.waitingCount == 0)
        try await holder.letGo()
        #expect(permits.held == 0)
    }

    @Test("work that throws gives its permit back")
    func throwing() async throws {
        struct Fault: Error {}
        let permits = Permits(.reads, capacity: 1, waitingLimit: 0)

        await #expect(throws: Fault.self) {
            try await permits.withPermit(for: "a", at: "a") { () -> (Int, Permits.Share.Ending) in throw Fault() }
        }

        #expect(permits.held == 0)
    }
}
