import CurlHTTP
import Doubles
import Foundation
import GatewayCore
import MM7
import Synchronization
import Testing
import WorkLoop

@testable import Submission

@Suite("The lane to one MMSC", .timeLimit(.minutes(5)))
struct LaneTests {
    private let bench: SubmissionBench
    private let store = LaneStore()
    private let clock = PatientClock()
    private let signals = WorkSignals()
    private let mmsc: MMSC
    private let directory: CurrentDirectory
    private let health: Health
    private let client: HTTPClient

    init() throws {
        bench = try SubmissionBench()
        client = try HTTPClient()
        var mmsc = MMSC(name: "north", url: "http://127.0.0.1:1/mm7", maxInFlight: 32)
        mmsc.messagesPerSecond = nil
        self.mmsc = mmsc
        directory = CurrentDirectory(Directory(mmscs: [mmsc]))
        health = Health(directory: directory, signals: signals, logger: LogLines().logger)
    }

    /// Runs a lane beside the body, and ends it afterwards.
    private func withLane(_ body: () async throws -> Void) async throws {
        try await withLane(of: store, body)
    }

    private func withLane(
        of store: any SubmissionQueue & ContentReader & CancellationQueue, contents: ContentCache? = nil,
        _ body: () async throws -> Void
    ) async throws {
        let submitter = bench.submitter(
            store, directory: directory, client: client, clock: clock, health: health, contents: contents)
        let log = submitter.exchange.log
        let cancellations = CancellationLane(
            name: "north", store: store, directory: directory, health: health,
            canceller: Canceller(
                directory: directory, clock: clock, random: .system, retries: submitter.retries,
                exchange: submitter.exchange, recorder: submitter.recorder),
            clock: clock, signal: signals.cancellations(at: "north"), log: log)
        let lane = Lane(
            name: "north", store: store, directory: directory, health: health, submitter: submitter,
            cancellations: cancellations, clock: clock, uptime: { .zero }, signal: signals.messages(at: "north"),
            log: log
        )
        let running = Task { await lane.run() }
        try await body()
        running.cancel()
        self.store.letGo()
        await running.value
    }

    /// Wakes both loops, and returns when each of them has looked and rests again.
    private func raise() async {
        let before = clock.sleeps
        signals.messages(at: "north").raise()
        signals.cancellations(at: "north").raise()
        while clock.sleeps < before + 2 { await Task.yield() }
    }

    private func reload(with mmscs: MMSC...) async {
        directory.replace(with: Directory(mmscs: mmscs))
        await raise()
    }

    @Test("an MMSC that is out of the configuration for a moment gets messages afterwards as before")
    func awayForAMoment() async throws {
        try await withLane {
            while clock.sleeps < 2 { await Task.yield() }
            let before = store.asked.count
            await reload()
            #expect(store.asked.count == before)

            await reload(with: mmsc)

            #expect(store.asked.count > before)
            #expect(health.lanes.missing(of: ["north"]).isEmpty)
        }
    }

    @Test("put back while a request hangs, it gets others at once, and the one that hangs counts")
    func backWhileARequestHangs() async throws {
        store.give([SubmissionBench.claim()])
        try await withLane {
            await store.untilContentIsRead()
            while clock.sleeps < 2 { await Task.yield() }
            await reload()

            await reload(with: mmsc)

            #expect(store.asked.last?.limit == 32 + mmsc.claimedAhead - 1)
        }
    }

    @Test("a customer whose messages hang at another MMSC, and hold all its memory, leaves this one to others")
    func memoryHeldElsewhere() async throws {
        var narrow = mmsc
        narrow.maxInFlight = 2
        directory.replace(with: Directory(mmscs: [narrow]))
        let store = SubmissionStore()
        for number: UInt64 in 1...4 { await store.add(try await bench.batch(number, mediaBytes: 10_000)) }
        let contents = ContentCache(store: store, library: bench.library, limitBytes: 40_000)
        for number: UInt64 in 1...2 {
            _ = try await contents.content(
                of: SubmissionBench.claim(of: number, mmsc: "south"), profile: .standard, generation: 0)
        }
        await store.give(SubmissionBench.claim(of: 3), SubmissionBench.claim(of: 4))
        try await withLane(of: store, contents: contents) {
            while contents.waitingCount < 2 { await Task.yield() }
            await store.give(SubmissionBench.claim(of: 5, customer: 2))
            await store.add(try await bench.batch(5, mediaBytes: 10_000))
            await raise()
            #expect(await store.kept.isEmpty)

            contents.endLongWaits()
            contents.endLongWaits()

            while await store.kept.count < 3 { await Task.yield() }
            let pause = SubmissionBench.now + .seconds(2)
            #expect(
                await store.kept.prefix(2) == [
                    SubmissionResult(.released, dueAt: pause), SubmissionResult(.released, dueAt: pause),
                ])
            #expect(await store.kept.last?.event == .postponed)
            #expect(client.statistics.requests == 1)
        }
    }
}

/// A clock on which nobody's sleep ends before its task does.
private final class PatientClock: DomainClock {
    private let count = Mutex(0)

    /// How many sleeps have begun.
    var sleeps: Int { count.withLock { $0 } }

    func now() -> Date { SubmissionBench.now }

    func sleep(until deadline: Date) async throws {
        count.withLock { $0 += 1 }
        let (stream, _) = AsyncStream<Void>.makeStream()
        for await _ in stream {}
        try Task.checkCancellation()
    }
}

/// A store that notes what a lane asks for and never has the content of a message.
private final class LaneStore: SubmissionQueue, ContentReader, CancellationQueue {
    private struct State {
        var asked: [ClaimRequest] = []
        var claims: [Claim] = []
        var readers: [CheckedContinuation<Void, Never>] = []
        var hasRead = false
        var isOver = false
    }

    private let state = Mutex(State())

    var asked: [ClaimRequest] { state.withLock { $0.asked } }

    func give(_ claims: [Claim]) { state.withLock { $0.claims = claims } }

    func untilContentIsRead() async { while !state.withLock({ $0.hasRead }) { await Task.yield() } }

    func letGo() {
        let readers = state.withLock { state in
            state.isOver = true
            defer { state.readers = [] }
            return state.readers
        }
        for reader in readers { reader.resume() }
    }

    func claimDue(_ request: ClaimRequest) async throws(StoreFailure) -> Claims {
        state.withLock { state in
            state.asked.append(request)
            defer { state.claims = [] }
            return Claims(state.claims)
        }
    }

    func claimCancellations(_ request: CancellationRequest) async throws(StoreFailure) -> [Cancellation] { [] }

    func content(of batch: Batch.ID) async throws(StoreFailure) -> (Batch, [StoredMedia])? {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                state.hasRead = true
                if !state.isOver { state.readers.append(continuation) }
                return state.isOver
            }
            if isOver { continuation.resume() }
        }
        return nil
    }

    func record(_ outcome: SubmissionResult, of claim: Claim, now: Date) async throws(StoreFailure) {}

    func record(
        _ outcome: CancellationResult, because reason: PeerText?, of cancellation: Cancellation, now: Date
    ) throws(StoreFailure) {}
}
