import Doubles
import Foundation
import GatewayCore
import Logging
import Synchronization
import Testing
import WorkLoop

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

        #expect(await store.calls == ["endLeases", "reroute", "openMessages"])
    }

    @Test("a reload is worth one look at all that waits, and no other")
    func reroutesOnce() async {
        let store = SweptStore()
        var housekeeping = housekeeping(store, clock: HastyClock(at: start))

        for _ in 1...3 { await housekeeping.goOn(by: Directory()) }

        #expect(await store.calls.filter { $0 == "reroute" }.count == 1)
    }

    @Test(
        "an MMSC that the configuration lacks and messages wait for is told at the start, after a reload and when new")
    func absent() async {
        let store = SweptStore()
        let clock = SettableClock(at: start)
        let log = LogLines(from: .info)
        let north = Directory(mmscs: [MMSC(name: "north", url: "")])
        let directory = CurrentDirectory(north)
        let health = Health(directory: directory, signals: WorkSignals(), logger: log.logger)
        var housekeeping = housekeeping(store, clock: clock, absent: health.absent)
        await store.keep([
            OpenMessages(carriers: Carriers(settledOn: "gone"), state: .inDoubt, count: 3),
            OpenMessages(carriers: Carriers("gone lost")!, state: .queued, count: 2),
            OpenMessages(carriers: Carriers("gone north")!, state: .queued, count: 20),
            OpenMessages(carriers: Carriers(settledOn: "gone"), state: .submitted(messageID: ""), count: 200),
        ])

        for _ in 1...3 { await housekeeping.goOn(by: north) }
        #expect(log.lines == ["warning: Messages wait for an MMSC that the configuration does not have [gone]"])
        #expect(health.absent(from: north) == ["gone": 5])
        #expect(await store.calls.count { $0 == "openMessages" } == 1)

        await store.keep([OpenMessages(carriers: Carriers(settledOn: "late"), state: .inDoubt, count: 1)])
        clock.set(to: start + .seconds(60))
        await housekeeping.goOn(by: north)
        #expect(log.lines.count == 2)
        #expect(health.absent(from: north) == ["late": 1])

        directory.replace(with: north)
        await housekeeping.goOn(by: directory.now)
        #expect(log.lines.count == 3)
        #expect(health.absent(from: Directory(mmscs: [MMSC(name: "late", url: "")])) == [:])
    }

    @Test("what is broken in one work keeps no other from being done; a store that does not answer is asked once")
    func failures() async {
        for (failure, calls) in [
            (StoreFailure.broken("one row"), ["endLeases", "expire", "settleUnreported", "reroute"]),
            (.unavailable("locked"), ["endLeases"]),
        ] {
            let store = SweptStore()
            await store.fail(failure)
            var housekeeping = housekeeping(store, clock: SettableClock(at: start))

            await housekeeping.goOn(by: Directory())

            #expect(await store.calls.filter { $0 != "openMessages" } == calls)
        }
    }

    private func housekeeping(
        _ store: SweptStore, clock: any DomainClock, absent: AbsentMMSCs = AbsentMMSCs(logger: LogLines().logger)
    ) -> Housekeeping {
        Housekeeping(
            store: store, clock: clock, ongoing: OngoingClaims(), reportGrace: .seconds(3600), absent: absent,
            log: SubmissionLog(LogLines().logger))
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
private actor SweptStore: Upkeep, CarrierStore, OpenMessageReader {
    private(set) var calls: [String] = []
    /// What began after now.
    private var waits: Int
    private var open: [OpenMessages] = []
    private var failure: StoreFailure?

    /// The ends of leases fail from now on.
    func fail(_ failure: StoreFailure) { self.failure = failure }

    func keep(_ open: [OpenMessages]) { self.open = open }

    func waitingCarriers() throws(StoreFailure) -> [Carriers] { open.map(\.carriers) }

    func openMessages() throws(StoreFailure) -> [OpenMessages] {
        calls.append("openMessages")
        return open
    }

    init(waits: Int = 0) { self.waits = waits }

    func endLeases(except ongoing: Set<Message.ID>, now: Date) throws(StoreFailure) -> Int {
        calls.append("endLeases")
        if let failure { throw failure }
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
        from cursor: WaitingCursor?, limit: Int, routes: Routes, among open: Set<String>
    ) throws(StoreFailure) -> WaitingCursor? {
        calls.append("reroute")
        return nil
    }
}
