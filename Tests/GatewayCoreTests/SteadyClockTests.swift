import Foundation
import GatewayCore
import Synchronization
import Testing

@Suite("The clock of the domain, when somebody sets the machine's")
struct SteadyClockTests {
    private let start = Date(milliseconds: 1_790_000_000_000)

    /// The machine: time that passes, and how far its clock was set from it.
    private final class Machine: Sendable {
        private let state = Mutex((passed: Duration.zero, set: Duration.zero))
        let changes = Mutex<[SteadyClock.Change]>([])

        var uptime: Duration { state.withLock { $0.passed } }
        var distance: Duration { state.withLock { $0.passed + $0.set } }
        func pass(_ time: Duration) { state.withLock { $0.passed += time } }
        func set(by time: Duration) { state.withLock { $0.set += time } }
    }

    private let machine = Machine()

    private func clock() -> SteadyClock {
        SteadyClock(
            machine: { [start, machine] in start + machine.distance }, uptime: { [machine] in machine.uptime },
            onChange: { [machine] change in machine.changes.withLock { $0.append(change) } })
    }

    private var changes: [SteadyClock.Change] { machine.changes.withLock { $0 } }

    @Test("time that passes is time, also when nobody looked for an hour")
    func passing() {
        let clock = clock()

        machine.pass(.seconds(3600))

        #expect(clock.now() == start + .seconds(3600))
        #expect(changes.isEmpty)
    }

    @Test("a clock that knows the time from before does not believe a machine that says another")
    func resumed() {
        let clock = SteadyClock(
            machine: { [start, machine] in start + machine.distance }, uptime: { [machine] in machine.uptime },
            beginningAt: start + .seconds(-86_400))

        #expect(clock.now() == start + .seconds(-86_400))
        machine.pass(.seconds(299))
        #expect(clock.now() == start + .seconds(299 - 86_400))
        machine.pass(.seconds(1))
        #expect(clock.now() == start + .seconds(300))
    }

    @Test("a clock that begins anew says what the machine says, at once")
    func anew() {
        let clock = SteadyClock(
            machine: { [start, machine] in start + machine.distance }, uptime: { [machine] in machine.uptime },
            beginningAt: start + .seconds(86_400))
        #expect(clock.disbelievedJump != nil)

        clock.beginAnew()

        #expect(clock.now() == start)
        #expect(clock.disbelievedJump == nil)
    }

    @Test("a start that doubts the machine goes on from the newest that is known, and settles when it has followed")
    func doubted() {
        let clock = clock()
        #expect(clock.isSettled)

        clock.begin(after: start + .seconds(86_400))
        #expect(clock.now() == start + .seconds(86_400))
        machine.pass(.seconds(299))
        #expect(clock.now() == start + .seconds(86_400 + 299))
        #expect(!clock.isSettled)
        machine.pass(.seconds(2))

        #expect(clock.now() == start + .seconds(301))
        #expect(clock.isSettled)
    }

    @Test("a start long after the newest that is known believes the machine, and settles after five minutes")
    func doubtedAhead() {
        let clock = clock()

        clock.begin(after: start + .seconds(-86_400))
        machine.pass(.seconds(299))
        #expect(clock.now() == start + .seconds(299))
        #expect(!clock.isSettled)
        machine.pass(.seconds(1))

        #expect(clock.isSettled)
    }

    @Test("a small correction is followed at once, and never backwards")
    func correction() {
        let clock = clock()

        machine.set(by: .seconds(20))
        #expect(clock.now() == start + .seconds(20))
        machine.set(by: .seconds(-10))
        #expect(clock.now() == start + .seconds(20))
        machine.pass(.seconds(15))
        #expect(clock.now() == start + .seconds(25))
        #expect(changes.isEmpty)
    }

    @Test("a jump forward that is taken back within five minutes was none", arguments: [86_400, -86_400])
    func takenBack(jump: Int) {
        let clock = clock()

        machine.set(by: .seconds(jump))
        machine.pass(.seconds(1))
        #expect(clock.now() == start + .seconds(1))
        #expect(clock.disbelievedJump == .seconds(jump))
        machine.pass(.seconds(298))
        #expect(clock.now() == start + .seconds(299))
        machine.set(by: .seconds(-jump))
        #expect(clock.now() == start + .seconds(299))

        #expect(clock.disbelievedJump == nil)
        #expect(changes == [.jumped(.seconds(jump)), .returned])
    }

    @Test("a jump that has lasted for five minutes is followed", arguments: [86_400, -86_400])
    func followed(jump: Int) {
        let clock = clock()

        machine.set(by: .seconds(jump))
        _ = clock.now()
        machine.pass(.seconds(300))

        #expect(clock.now() == start + .seconds(jump + 300))
        #expect(changes == [.jumped(.seconds(jump)), .followed(.seconds(jump))])
    }

    @Test("a second jump begins the five minutes anew")
    func again() {
        let clock = clock()

        machine.set(by: .seconds(3600))
        _ = clock.now()
        machine.pass(.seconds(200))
        machine.set(by: .seconds(3600))
        _ = clock.now()
        machine.pass(.seconds(200))

        #expect(clock.now() == start + .seconds(400))
    }

    @Test("a jump that nobody saw begins its five minutes when it is seen")
    func unseen() {
        let clock = clock()

        machine.set(by: .seconds(3600))
        machine.pass(.seconds(1000))

        #expect(clock.now() == start + .seconds(1000))
    }
}
