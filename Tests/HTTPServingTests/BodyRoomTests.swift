import Testing

@testable import HTTPServing

@Suite("Memory for bodies", .timeLimit(.minutes(5)))
struct BodyRoomTests {
    private static let long = ContinuousClock.Instant.now + .seconds(300)

    @Test("who finds no room waits until others leave, those who came first first")
    func order() async throws {
        let room = BodyRoom(limitBytes: 1750, deadlines: Deadlines())
        let first = room.share()
        #expect(await first.enter(bodyBytes: 1000, by: Self.long))
        let (events, event) = AsyncStream<Int>.makeStream()

        await withTaskGroup(of: Void.self) { group in
            for number in 1...2 {
                group.addTask {
                    let share = room.share()
                    #expect(await share.enter(bodyBytes: 1000, by: Self.long))
                    event.yield(number)
                    share.leave()
                }
                while room.waitingCount < number { await Task.yield() }
            }
            first.leave()
            await group.waitForAll()
        }

        event.finish()
        #expect(await events.reduce(into: []) { $0.append($1) } == [1, 2])
    }

    @Test("who waits in vain is told so at the deadline, and stands in nobody's way then")
    func vain() async throws {
        let room = BodyRoom(limitBytes: 1000, deadlines: Deadlines())
        let first = room.share()
        #expect(await first.enter(bodyBytes: 400, by: Self.long))
        let (large, small) = (room.share(), room.share())

        async let isLargeIn = large.enter(bodyBytes: 500, by: .now + .milliseconds(10))
        while room.waitingCount < 1 { await Task.yield() }
        async let isSmallIn = small.enter(bodyBytes: 100, by: Self.long)

        #expect(await !isLargeIn)
        #expect(await isSmallIn)
    }

    @Test("a body larger than all the room takes all of it, and what is too much of a share goes back")
    func shares() async throws {
        let room = BodyRoom(limitBytes: 1000, deadlines: Deadlines())
        let first = room.share()
        #expect(await first.enter(bodyBytes: 5000, by: Self.long))
        let second = room.share()

        first.shrink(toBodyBytes: 400)

        #expect(await second.enter(bodyBytes: 160, by: Self.long))
        #expect(await !room.share().enter(bodyBytes: 160, by: .now))
        second.leave()
        second.leave()
        #expect(await room.share().enter(bodyBytes: 160, by: Self.long))
    }

    @Test("a share that is dropped has left")
    func dropped() async throws {
        let room = BodyRoom(limitBytes: 1000, deadlines: Deadlines())
        for _ in 0..<3 { #expect(await room.share().enter(bodyBytes: 500, by: .now)) }
    }

    @Test("work that takes too long is not waited for")
    func deadlines() async throws {
        let deadlines = Deadlines()
        let (released, release) = AsyncStream<Void>.makeStream()

        let inTime = await deadlines.outcome(by: Self.long) { 1 }
        let late = await deadlines.outcome(by: .now) { () -> Int in
            for await _ in released {}
            return 2
        }
        release.finish()

        #expect(inTime == 1)
        #expect(late == nil)
    }
}
