import CurlHTTP
import Doubles
import FoundationEssentials
import GatewayCore
import Logging
import Media
import Testing

@testable import Submission

@Suite("The service that submits", .timeLimit(.minutes(5)))
struct SubmissionServiceTests {
    @Test("a content that waits for room is put off in time, however long a round of housekeeping takes")
    func longWait() async throws {
        let bench = try SubmissionBench()
        let store = SlowStore()
        let signals = WorkSignals()
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let directory = CurrentDirectory(Directory(mmscs: [MMSC(name: "north", url: "http://127.0.0.1:1/mm7")]))
        let service = SubmissionService(
            store: store, library: bench.library, client: try HTTPClient(), directory: directory,
            clock: HastyClock(at: SubmissionBench.now), signals: signals,
            health: Health(directory: directory, signals: signals, logger: logger),
            settings: .init(
                retries: RetryPolicy(maxTries: 5, firstDelay: .seconds(2), lastDelay: .seconds(60)),
                reportGrace: .seconds(60), contentMemoryBytes: 1),
            logger: logger)
        // Awaited below.
        let running = Task { try await service.run() }

        while await store.kept.isEmpty { await Task.yield() }

        #expect(await store.kept == [SubmissionResult(.released, dueAt: SubmissionBench.now + .seconds(2))])
        #expect(await store.isKeepingHouse)
        running.cancel()
        store.letGo()
        try await running.value
    }
}

/// A store on a disk that takes its time for all that it reads, and for housekeeping for ever.
private actor SlowStore: Submission.SubmissionStore {
    private(set) var kept: [SubmissionResult] = []
    private(set) var isKeepingHouse = false
    private var due = [SubmissionBench.claim(of: 1), SubmissionBench.claim(of: 2)]
    private let (reads, read) = AsyncStream<Void>.makeStream()

    nonisolated func letGo() { read.finish() }

    func claimDue(_ request: ClaimRequest) throws(StoreFailure) -> Claims {
        // The first round has begun then, and does not end.
        guard isKeepingHouse else { return Claims([]) }
        defer { due = [] }
        return Claims(due)
    }

    func claimCancellations(_ request: CancellationRequest) throws(StoreFailure) -> [Cancellation] { [] }

    func content(of batch: Batch.ID) async throws(StoreFailure) -> (Batch, [StoredMedia])? {
        for await _ in reads {}
        return nil
    }

    func record(_ outcome: SubmissionResult, of claim: Claim, now: Date) throws(StoreFailure) { kept.append(outcome) }

    func record(
        _ outcome: CancellationResult, because reason: PeerText?, of cancellation: Cancellation, now: Date
    ) throws(StoreFailure) {}

    func endLeases(except ongoing: Set<Message.ID>, now: Date) async throws(StoreFailure) -> Int {
        isKeepingHouse = true
        do { try await Task.sleep(for: .seconds(300)) } catch { throw .closed }
        return 0
    }

    func expire(limit: Int, now: Date) throws(StoreFailure) -> Int { 0 }

    func settleUnreported(expiredBefore: Date, limit: Int, now: Date) throws(StoreFailure) -> Int { 0 }

    func endWaits(begunAfter now: Date, limit: Int) throws(StoreFailure) -> Int { 0 }

    func waitingCarriers() throws(StoreFailure) -> [Carriers] { [] }

    func reroute(
        from cursor: WaitingCursor?, limit: Int, routes: Routes, among open: Set<String>
    ) throws(StoreFailure) -> WaitingCursor? { nil }

    func openMessages() throws(StoreFailure) -> [OpenMessages] { [] }
}
