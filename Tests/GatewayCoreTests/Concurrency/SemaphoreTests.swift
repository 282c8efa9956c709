import Synchronization
import Testing

@testable import GatewayCore

@Suite("So many at a time", .timeLimit(.minutes(5)))
struct SemaphoreTests {
    @Test("no more are let in than there are permits, and everybody gets in", arguments: [1, 3])
    func bound(permits: Int) async {
        let semaphore = Semaphore(permits: permits)
        let room = Room()

        let passed = await withTaskGroup(of: Bool?.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    await semaphore.withPermit {
                        room.enter()
                        await Task.yield()
                        room.leave()
                        return true
                    }
                }
            }
            return await group.reduce(into: 0) { $0 += $1 == true ? 1 : 0 }
        }

        #expect(passed == 200)
        #expect((1...permits).contains(room.mostAtATime))
    }

    @Test("who is cancelled while waiting does not get in, and takes no permit of another")
    func cancelled() async {
        let semaphore = Semaphore(permits: 1)
        let first = await Guest(of: semaphore)
        let second = Task { await semaphore.withPermit { true } }
        while semaphore.waitingCount == 0 { await Task.yield() }

        second.cancel()

        #expect(await second.value == nil)
        first.leave()
        #expect(await first.passed.value == true)
        #expect(await semaphore.withPermit { true } == true)
    }

    @Test("one permit more lets in who waits")
    func morePermits() async {
        let semaphore = Semaphore(permits: 0)
        let visitor = Task { await semaphore.withPermit { true } }
        while semaphore.waitingCount == 0 { await Task.yield() }

        semaphore.set(permits: 1)

        #expect(await visitor.value == true)
    }

    @Test("one permit less turns nobody out, and is not given again")
    func fewerPermits() async {
        let semaphore = Semaphore(permits: 1)
        let first = await Guest(of: semaphore)
        let second = Task { await semaphore.withPermit { true } }
        while semaphore.waitingCount == 0 { await Task.yield() }

        semaphore.set(permits: 0)
        first.leave()

        #expect(await first.passed.value == true)
        #expect(semaphore.waitingCount == 1)
        semaphore.set(permits: 1)
        #expect(await second.value == true)
    }
}

/// Somebody who is in until told to leave.
private struct Guest {
    let passed: Task<Bool?, Never>
    private let gate: AsyncStream<Void>.Continuation

    init(of semaphore: Semaphore) async {
        let (entered, enter) = AsyncStream<Void>.makeStream()
        let (open, gate) = AsyncStream<Void>.makeStream()
        self.gate = gate
        passed = Task {
            await semaphore.withPermit {
                enter.yield()
                for await _ in open {}
                return true
            }
        }
        for await _ in entered { break }
    }

    func leave() { gate.finish() }
}

/// Counts who is in it.
private final class Room: Sendable {
    private let count = Mutex((now: 0, most: 0))

    var mostAtATime: Int { count.withLock { $0.most } }
    func enter() { count.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) } }
    func leave() { count.withLock { $0.now -= 1 } }
}
