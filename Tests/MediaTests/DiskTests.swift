import Dispatch
import Glibc
import Synchronization
import Testing

@testable import Media

@Suite("Threads that wait for the disk", .timeLimit(.minutes(5)))
struct DiskTests {
    @Test("no more calls are made at a time than there are threads, and all are made", arguments: [1, 4])
    func bound(limit: Int) async throws {
        let disk = Disk(limit: limit)
        let calls = Calls()

        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    try await disk.run { () throws(DiskFailure) in
                        calls.begin(0)
                        calls.end()
                    }
                }
            }
            try await group.waitForAll()
        }

        #expect(calls.made.count == 200)
        #expect((1...limit).contains(calls.mostAtATime))
        #expect(disk.waitingCount == 0)
    }

    @Test("a call that waits is made in its order, also where its task is cancelled")
    func order() async throws {
        let disk = Disk(limit: 1)
        let gate = DispatchSemaphore(value: 0)
        let calls = Calls()
        let (begun, begin) = AsyncStream<Void>.makeStream()
        let blocking = Task {
            try await disk.run { () throws(DiskFailure) in
                begin.finish()
                gate.wait()
            }
        }
        for await _ in begun {}
        var waiting: [Task<Void, any Error>] = []
        for number in 1...3 {
            waiting.append(
                Task { try await disk.run { () throws(DiskFailure) in calls.begin(number) } })
            while disk.waitingCount < number { await Task.yield() }
        }

        waiting[1].cancel()
        gate.signal()

        try await blocking.value
        for task in waiting { try await task.value }
        #expect(calls.made == [1, 2, 3])
    }

    @Test("what the disk does not do is thrown, and the next call is made")
    func failure() async throws {
        let disk = Disk(limit: 1)

        await #expect(throws: DiskFailure.self) {
            try await disk.run { () throws(DiskFailure) in throw DiskFailure("read a media file", errno: EIO) }
        }

        #expect(try await disk.run { () throws(DiskFailure) in 7 } == 7)
    }
}

/// Counts who is at it, and remembers who was.
private final class Calls: Sendable {
    private let state = Mutex((now: 0, most: 0, made: [Int]()))

    var mostAtATime: Int { state.withLock { $0.most } }
    var made: [Int] { state.withLock { $0.made } }

    func begin(_ number: Int) {
        state.withLock { state in
            state.now += 1
            state.most = max(state.most, state.now)
            state.made.append(number)
        }
    }

    func end() { state.withLock { $0.now -= 1 } }
}
