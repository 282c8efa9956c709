import GatewayCore
import HTTPTypes
import Hummingbird
import Synchronization
import Testing

@testable import HTTPServing

@Suite("Memory for bodies", .timeLimit(.minutes(5)))
struct BodyMemoryTests {
    private static let long = ContinuousClock.Instant.now + .seconds(300)

    @Test("who finds none free waits until others leave, those who came first first")
    func order() async throws {
        let memory = BodyMemory(.postMemory, limitBytes: 1750, deadlines: Deadlines())
        let first = memory.share(of: "north")
        #expect(await first.enter(bodyBytes: 1000, by: Self.long))
        let (events, event) = AsyncStream<Int>.makeStream()

        await withTaskGroup(of: Void.self) { group in
            for number in 1...2 {
                group.addTask {
                    let share = memory.share(of: "north")
                    #expect(await share.enter(bodyBytes: 1000, by: Self.long))
                    event.yield(number)
                    share.leave()
                }
                while memory.waitingCount < number { await Task.yield() }
            }
            first.leave()
            await group.waitForAll()
        }

        event.finish()
        #expect(await events.reduce(into: []) { $0.append($1) } == [1, 2])
    }

    @Test("who waits in vain is told so at the deadline, and stands in nobody's way then")
    func vain() async throws {
        let memory = BodyMemory(.postMemory, limitBytes: 1000, deadlines: Deadlines())
        let first = memory.share(of: "north")
        #expect(await first.enter(bodyBytes: 400, by: Self.long))
        let (large, small) = (memory.share(of: "south"), memory.share(of: "west"))

        let isOver = Mutex(false)
        async let isLargeIn = {
            defer { isOver.withLock { $0 = true } }
            return await large.enter(bodyBytes: 500, by: .now + .milliseconds(10))
        }()
        // On a busy machine it may be over before this side has seen it wait.
        while memory.waitingCount < 1, !isOver.withLock(\.self) { await Task.yield() }
        async let isSmallIn = small.enter(bodyBytes: 100, by: Self.long)

        #expect(await !isLargeIn)
        #expect(await isSmallIn)
    }

    @Test("a body larger than all the memory takes all of it, and what is too much of a share goes back")
    func shares() async throws {
        let memory = BodyMemory(.postMemory, limitBytes: 1000, deadlines: Deadlines())
        let first = memory.share(of: "north")
        #expect(await first.enter(bodyBytes: 5000, by: Self.long))
        let second = memory.share(of: "south")

        first.shrink(toBodyBytes: 400)

        #expect(await second.enter(bodyBytes: 160, by: Self.long))
        #expect(await !memory.share(of: "west").enter(bodyBytes: 160, by: .now))
        second.leave()
        second.leave()
        #expect(await memory.share(of: "west").enter(bodyBytes: 160, by: Self.long))
    }

    @Test("a share that is dropped has left")
    func dropped() async throws {
        let memory = BodyMemory(.postMemory, limitBytes: 1000, deadlines: Deadlines())
        for _ in 0..<3 { #expect(await memory.share(of: "north").enter(bodyBytes: 500, by: .now)) }
    }

    @Test("an owner has at most half of the memory, and those of others pass what waits for that half")
    func halves() async throws {
        let memory = BodyMemory(.postMemory, limitBytes: 3500, deadlines: Deadlines())
        let north = [memory.share(of: "north"), memory.share(of: "north"), memory.share(of: "north")]
        let south = memory.share(of: "south")
        #expect(await north[0].enter(bodyBytes: 400, by: Self.long))
        #expect(await north[1].enter(bodyBytes: 400, by: Self.long))

        async let isThirdIn = north[2].enter(bodyBytes: 400, by: Self.long)
        while memory.waitingCount < 1 { await Task.yield() }

        #expect(await south.enter(bodyBytes: 1000, by: Self.long))
        #expect(memory.waitingCount == 1)
        north[0].leave()
        #expect(await isThirdIn)
    }

    @Test("thousands who wait for the half of their owner cost those of others nothing")
    func crowd() async throws {
        let memory = BodyMemory(.postMemory, limitBytes: 3500, deadlines: Deadlines())
        let first = memory.share(of: "north")
        #expect(await first.enter(bodyBytes: 1000, by: Self.long))
        let count = 3000

        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<count {
                group.addTask { await memory.share(of: "north").enter(bodyBytes: 900, by: Self.long) }
            }
            while memory.waitingCount < count { await Task.yield() }
            // The best of several: a busy machine leaves a test alone for long.
            var best = Duration.seconds(300)
            for _ in 0..<10 {
                let elapsed = await ContinuousClock().measure {
                    for _ in 0..<100 { #expect(await memory.share(of: "south").enter(bodyBytes: 100, by: Self.long)) }
                }
                best = min(best, elapsed)
            }
            #expect(best < .milliseconds(500))
            first.leave()
            #expect(await group.allSatisfy { $0 })
        }

        #expect(memory.waitingCount == 0 && memory.freeBytes == memory.limitBytes)
    }

    @Test("a body larger than its owner's half comes in where the owner has nothing else")
    func alone() async throws {
        let memory = BodyMemory(.postMemory, limitBytes: 1000, deadlines: Deadlines())
        let (large, small) = (memory.share(of: "north"), memory.share(of: "north"))

        #expect(await large.enter(bodyBytes: 400, by: Self.long))
        #expect(await !small.enter(bodyBytes: 40, by: .now))
        large.leave()
        #expect(await small.enter(bodyBytes: 40, by: Self.long))
    }

    @Test("what has some already gets its rest before those who have none")
    func rest() async throws {
        let memory = BodyMemory(.postMemory, limitBytes: 3500, deadlines: Deadlines())
        let (first, second, third) = (memory.share(of: "north"), memory.share(of: "north"), memory.share(of: "north"))
        #expect(await first.enter(bodyBytes: 400, by: Self.long))
        #expect(await second.enter(bodyBytes: 400, by: Self.long))

        async let isThirdIn = third.enter(bodyBytes: 400, by: Self.long)
        while memory.waitingCount < 1 { await Task.yield() }
        async let isRestIn = second.enter(bodyBytes: 1000, by: Self.long)
        while memory.waitingCount < 2 { await Task.yield() }
        first.leave()

        #expect(await isRestIn)
        #expect(memory.waitingCount == 1)
        second.leave()
        #expect(await isThirdIn)
    }

    @Test(
        "a body without an announced length takes memory for a mebibyte at first, and for all of it when that is passed"
    )
    func steps() async throws {
        let memory = BodyMemory(.postMemory, limitBytes: 8 << 20, deadlines: Deadlines())
        let share = memory.share(of: "north")
        let (body, source) = RequestBody.makeStream()
        let request = Request(
            head: HTTPRequest(method: .post, scheme: "http", authority: "a", path: "/"), body: body)

        async let bytes = request.bytes(upTo: 10 << 20, in: share, waiting: .seconds(300))
        await source.yield(ByteBuffer(repeating: 1, count: 20_000))
        while memory.freeBytes == memory.limitBytes { await Task.yield() }
        #expect(memory.freeBytes == 8 << 20 - (1 << 20) / 4 * 7)
        await source.yield(ByteBuffer(repeating: 1, count: 2_000_000))
        while memory.freeBytes > 0 { await Task.yield() }
        source.finish()

        #expect(try await bytes.count == 2_020_000)
        #expect(memory.freeBytes == 8 << 20 - 3_535_000)
    }

    @Test("a body that finds none free leaves none taken while the rest of it is read and thrown away")
    func passed() async throws {
        let memory = BodyMemory(.postMemory, limitBytes: 1 << 20, deadlines: Deadlines())
        let share = memory.share(of: "north")
        let (body, source) = RequestBody.makeStream()
        let head = HTTPRequest(
            method: .post, scheme: "http", authority: "a", path: "/", headerFields: [.connection: "TE, Close"])
        let request = Request(head: head, body: body)

        async let count = request.bytes(upTo: 30_000, in: share, waiting: .seconds(300)).count
        for _ in 0..<2 { await source.yield(ByteBuffer(repeating: 1, count: 20_000)) }
        while memory.freeBytes < memory.limitBytes { await Task.yield() }
        source.finish()

        do {
            Issue.record("\(try await count) bytes were taken")
        } catch is BodyTooLarge {
            // As it should be.
        }
    }

    @Test("work that takes too long is not waited for, and is overdue until it ends")
    func deadlines() async throws {
        let deadlines = Deadlines()
        let (released, release) = AsyncStream<Void>.makeStream()

        let inTime = await deadlines.outcome(by: Self.long) { 1 }
        let late = await deadlines.outcome(by: .now) { () -> Int in
            for await _ in released {}
            return 2
        }

        #expect(inTime == 1)
        #expect(late == nil)
        #expect(deadlines.overdueCount == 1)
        release.finish()
        while deadlines.overdueCount > 0 { await Task.yield() }
    }
}
