import CurlHTTP
import Doubles
import Foundation
import GatewayCore
import MM7
import Telemetry
import Testing

@testable import Submission

@Suite("One SubmitReq and what is kept of it")
struct SubmitterTests {
    private let now = SubmissionBench.now
    private let clock = HastyClock(at: SubmissionBench.now)
    private let ongoing = OngoingClaims()
    private let bench: SubmissionBench
    private let client: HTTPClient

    init() throws {
        bench = try SubmissionBench()
        client = try HTTPClient()
    }

    /// An MMSC at a port where nobody listens: what is sent to it never arrives.
    private func mmsc(_ onLostAnswer: MMSC.OnLostAnswer = .resend) -> MMSC {
        MMSC(name: "north", url: "http://127.0.0.1:1/mm7", vaspID: "vasp", vasID: "vas", onLostAnswer: onLostAnswer)
    }

    private func submitter(
        _ store: SubmissionStore, with mmscs: MMSC..., random: RandomSource = .system
    ) -> Submitter {
        bench.submitter(
            store, directory: CurrentDirectory(Directory(mmscs: mmscs)), client: client, clock: clock, ongoing: ongoing,
            random: random)
    }

    @Test("an MMSC that is not there postpones the message")
    func unreachable() async throws {
        let store = SubmissionStore([try await bench.batch()])

        await submitter(store, with: mmsc()).submit(SubmissionBench.claim())

        #expect(await store.kept.map(\.event) == [.postponed])
        #expect(client.statistics.requests == 1)
    }

    @Test("the pause before the next try is up to a quarter shorter, by chance", arguments: [(0, 2.0), (.max, 1.5)])
    func jitter(number: UInt64, seconds: Double) async throws {
        let store = SubmissionStore([try await bench.batch()])

        await submitter(store, with: mmsc(), random: RandomSource { number }).submit(SubmissionBench.claim())

        let dueAt = try #require(await store.kept.first?.dueAt)
        #expect(dueAt.since(now) == .seconds(seconds))
    }

    @Test("the customer reads a sentence of ours, and the history has libcurl's words")
    func sentence() async throws {
        let store = SubmissionStore([try await bench.batch()])

        await submitter(store, with: mmsc()).submit(SubmissionBench.claim())

        let outcome = try #require(await store.kept.first)
        #expect(outcome.statusText == "no connection to the MMSC could be made")
        #expect(outcome.words?.description.contains("127.0.0.1") == true)
    }

    @Test("an outcome is offered, a second apart, until the store takes it, and the message is sent once")
    func recordedAgain() async throws {
        let failures = [StoreFailure.unavailable("disk full"), .unavailable("database locked")]
        let store = SubmissionStore([try await bench.batch()], failingToRecord: failures)

        await submitter(store, with: mmsc()).submit(SubmissionBench.claim())

        let kept = try #require(await store.kept.first)
        #expect(await store.offered == [kept, kept, kept])
        #expect(clock.sleeps == [now + .seconds(1), now + .seconds(1)])
        #expect(client.statistics.requests == 1)
    }

    @Test("a store that says it is broken is offered the outcome less and less often, and never forgets a message")
    func recordToBrokenStore() async throws {
        let store = SubmissionStore(
            [try await bench.batch()],
            failingToRecord: Array(repeating: .broken("a rule of the schema"), count: 7))

        await submitter(store, with: mmsc()).submit(SubmissionBench.claim())

        #expect(await store.kept.count == 1)
        #expect(clock.sleeps.map { Int($0.since(now).seconds) } == [2, 4, 8, 16, 32, 60, 60])
    }

    @Test("an outcome is not offered to a store that is closed: the gateway stops")
    func recordToClosedStore() async throws {
        let store = SubmissionStore([try await bench.batch()], failingToRecord: [.closed])

        await submitter(store, with: mmsc()).submit(SubmissionBench.claim())

        #expect(await store.offered.count == 1)
        #expect(clock.sleeps.isEmpty)
    }

    @Test("a cancelled task does not wait for a store that takes nothing")
    func recordCancelled() async throws {
        let failures = Array(repeating: StoreFailure.unavailable("disk full"), count: 3)
        let store = SubmissionStore(failingToRecord: failures, beforeRecord: { withUnsafeCurrentTask { $0?.cancel() } })

        await Task { [submitter = submitter(store)] in await submitter.submit(SubmissionBench.claim()) }.value

        #expect(await store.offered.count == 1)
    }

    @Test("a claim is going on until its outcome is kept, and no longer")
    func ongoingClaims() async throws {
        let claim = SubmissionBench.claim()
        let (seen, announce) = AsyncStream<Set<Message.ID>>.makeStream()
        let store = SubmissionStore(beforeRecord: { [ongoing] in
            announce.yield(ongoing.all)
            announce.finish()
        })

        await submitter(store).submit(claim)

        for await messages in seen { #expect(messages == [claim.message]) }
        #expect(ongoing.all.isEmpty)
    }

    @Test("what may have arrived is not sent again to an MMSC that shall not get it twice")
    func noResend() async throws {
        let store = SubmissionStore([try await bench.batch()])

        await submitter(store, with: mmsc(.fail)).submit(SubmissionBench.claim(isResend: true))

        #expect(await store.kept == [SubmissionResult(.gaveUp)])
        #expect(client.statistics.requests == 0)
    }

    @Test("a claim whose time is over is abandoned without being sent")
    func expired() async throws {
        let store = SubmissionStore([try await bench.batch()])

        await submitter(store, with: mmsc()).submit(SubmissionBench.claim(expiresIn: .zero))

        #expect(await store.kept == [SubmissionResult(.abandoned(.expiredInQueue))])
        #expect(client.statistics.requests == 0)
    }

    @Test("a claim whose time is over goes back while the clock is in doubt")
    func doubtfullyExpired() async throws {
        let store = SubmissionStore([try await bench.batch()])
        let submitter = bench.submitter(
            store, directory: CurrentDirectory(Directory(mmscs: [mmsc()])), client: client,
            clock: HastyClock(at: SubmissionBench.now, isSettled: false))

        await submitter.submit(SubmissionBench.claim(expiresIn: .zero))

        #expect(await store.kept == [SubmissionResult(.released, dueAt: SubmissionBench.now + .seconds(30))])
        #expect(client.statistics.requests == 0)
    }

    @Test("a placeholder without a value for the recipient ends the message unsent")
    func unmatchedParameter() async throws {
        let store = SubmissionStore([try await bench.batch(text: "Hello ${name}")])

        await submitter(store, with: mmsc()).submit(SubmissionBench.claim())

        #expect(await store.kept == [SubmissionResult(.abandoned(.unmatchedParameter))])
        #expect(client.statistics.requests == 0)
    }

    @Test("an MMSC for which no request can be made is sent to no more after a run of them, and keeps its queue")
    func unmakeable() async throws {
        let store = SubmissionStore([try await bench.batch()])
        var north = mmsc()
        north.profile.operations = .cancel
        let submitter = submitter(store, with: north)

        for _ in 0..<north.breaker.refusedMessages { await submitter.submit(SubmissionBench.claim()) }

        #expect(Set(await store.kept.map(\.event)) == [.abandoned(.internalError)])
        #expect(submitter.exchange.health.condition(of: north).state == .stopped)
    }

    @Test("a message whose content is missing is put back for a minute")
    func contentMissing() async {
        let store = SubmissionStore()

        await submitter(store, with: mmsc()).submit(SubmissionBench.claim())

        #expect(await store.kept == [SubmissionResult(.released, dueAt: now + .seconds(60))])
    }

    @Test("a message waits for an MMSC that a reload took away")
    func mmscGone() async {
        let store = SubmissionStore()

        await submitter(store).submit(SubmissionBench.claim())

        #expect(await store.kept == [SubmissionResult(.released)])
        #expect(await store.reads.isEmpty)
    }

    @Test("a message that the end of the gateway kept from leaving is due as before")
    func stopping() async throws {
        let store = SubmissionStore([try await bench.batch()])
        await client.shutdown()

        await submitter(store, with: mmsc()).submit(SubmissionBench.claim())

        #expect(await store.kept == [SubmissionResult(.released)])
    }
}
