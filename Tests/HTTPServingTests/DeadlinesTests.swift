import Doubles
import Testing

@testable import HTTPServing

@Suite("Moments at which a patience ends", .timeLimit(.minutes(5)))
struct DeadlinesTests {
    private let time = HandClock()
    private let deadlines: Deadlines

    init() {
        deadlines = Deadlines(clock: time.clock)
    }

    @Test("work that ends in time is answered with what it comes to")
    func inTime() async {
        let value = await deadlines.outcome(by: time.now + .seconds(10)) { 7 }

        #expect(value == 7)
        #expect(deadlines.overdueCount == 0)
    }

    @Test("work that takes longer is not waited for, and counts as overdue until it ends")
    func late() async {
        let (end, letGo) = AsyncStream<Void>.makeStream()
        let deadline = time.now + .seconds(10)
        async let value = deadlines.outcome(by: deadline) { [deadlines] in
            for await _ in end {}
            return deadlines.overdueCount
        }

        // Again and again: the deadline may not have been set yet when time passes first.
        let passing = Task { [time] in
            while !Task.isCancelled {
                time.pass(.seconds(1))
                await Task.yield()
            }
        }
        #expect(await value == nil)
        passing.cancel()
        #expect(deadlines.overdueCount == 1)

        letGo.finish()
        while deadlines.overdueCount > 0 { await Task.yield() }
    }
}
