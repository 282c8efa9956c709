import Doubles
import Foundation
import GatewayCore
import Logging
import Synchronization
import Testing

@testable import Submission

@Suite("What time alone brings about")
struct HousekeepingTests {
    private let start = SubmissionBench.now

    @Test("after the clock was set back what began after now is looked for until there is no more")
    func setBack() async {
        let store = SweptStore(waits: 11_000)
        let clock = SettableClock(at: start)
        var housekeeping = housekeeping(store, clock: clock)

        clock.set(to: start + .seconds(-3600))
        for _ in 1...3 { await housekeeping.goOn(by: Directory()) }

        let looks = await store.calls.filter { $0 == "endWaits" }.count
        #expect(looks == 12)
        #expect(await store.calls.filter { $0 == "expire" }.count == 3)
    }

    @Test("while the clock is in doubt nothing ends by its time, and leases are looked after")
    func unsettled() async {
        let store = SweptStore()
        var housekeeping = housekeeping(store, clock: HastyClock(at: start, isSettled: false))

        await housekeeping.goOn(by: Directory())

        #expect(await store.calls == ["endLeases", "reroute"])
    }

    @Test("a reload is worth one look at all that waits, and no other")
    func reroutesOnce() async {
        let store = SweptStore()
        var housekeeping = housekeeping(store, clock: HastyClock(at: start))

        for _ in 1...3 { await housekeeping.goOn(by: Directory()) }

        #expect(await store.calls.filter { $0 == "reroute" }.count == 1)
    }

    private func housekeeping(_ store: SweptStore, clock: any DomainClock) -> Housekeeping {
        Housekeeping(
            store: store, clock: clock, ongoing: OngoingClaims(), reportGrace: .seconds(3600), outage: OutageWatch(),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }
}

/// A clock that the test sets.
private final class SettableClock: DomainClock {
    private let time: Mutex<Date>

    init(at time: Date) { self.time = Mutex(time) }

    func set(to time: Date) { self.time.withLock { $0 = time } }
    func now() -> Date { time.withLock { $0 } }
    func sleep(until deadline: Date) async throws {}
}

/// A store that notes what it is asked to look after.
private actor SweptStore: StoreDouble {
    private(set) var calls: [String] = []
    /// What began after now.
    private var waits: Int

    init(waits: Int = 0) { self.waits = waits }

    func endLeases(except ongoing: Set<Message.ID>, now: Date) throws(StoreFailure) -> Int {
        calls.append("endLeases")
        return 0
    }

    func expire(limit: Int, now: Date) throws(StoreFailure) -> Int {
        calls.append("expire")
        return 0
    }

    func settleUnreported(expiredBefore: Date, limit: Int, now: Date) throws(StoreFailure) -> Int {
        calls.append("settleUnreported")
        return 0
    }

    func endWaits(begunAfter now: Date, limit: Int) throws(StoreFailure) -> Int {
        calls.append("endWaits")
        let ended = min(waits, limit)
        waits -= ended
        return ended
    }

    func reroute(
        from place: WaitingPlace?, limit: Int, routes: Routes, isGone: @escaping @Sendable (String) -> Bool
    ) throws(StoreFailure) -> WaitingPlace? {
        calls.append("reroute")
        return nil
    }
}
