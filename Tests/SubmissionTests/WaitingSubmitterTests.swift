import CurlHTTP
import Foundation
import ServiceLifecycleTestKit
import Synchronization
import Testing

@testable import GatewayCore
@testable import Submission

@Suite("A SubmitReq that waits for a permit", .timeLimit(.minutes(5)))
struct WaitingSubmitterTests {
    private let bench: SubmissionBench
    private let client: HTTPClient
    private let clock = SetClock(at: SubmissionBench.now)
    private let mmsc = MMSC(name: "north", url: "http://127.0.0.1:1/mm7", vaspID: "vasp", vasID: "vas")
    private let directory: CurrentDirectory

    init() throws {
        bench = try SubmissionBench()
        client = try HTTPClient()
        directory = CurrentDirectory(Directory(mmscs: [mmsc]))
    }

    /// What is kept of one that waits while this happens, and then gets its permit.
    private func outcome(while happening: (Submitter) async -> Void) async throws -> [SubmissionResult] {
        let store = SubmissionStore([try await bench.batch()])
        let submitter = bench.submitter(store, directory: directory, client: client, clock: clock)
        let inFlight = Semaphore(permits: 0)
        async let submitted: Void = submitter.submit(SubmissionBench.claim(expiresIn: .seconds(10)), within: inFlight)
        while inFlight.waitingCount == 0 { await Task.yield() }

        await happening(submitter)
        inFlight.set(permits: 1)

        await submitted
        return await store.kept
    }

    @Test("it is sent when its permit comes")
    func sent() async throws {
        #expect(try await outcome { _ in }.map(\.event) == [.postponed])
        #expect(client.statistics.requests == 1)
    }

    @Test("it ends unsent when its time is over meanwhile")
    func expired() async throws {
        let kept = try await outcome { _ in clock.time.withLock { $0 = $0 + .seconds(10) } }

        #expect(kept == [SubmissionResult(.abandoned(.expiredInQueue))])
        #expect(client.statistics.requests == 0)
    }

    @Test("it goes back unsent when its MMSC turns out to be down")
    func down() async throws {
        let kept = try await outcome { submitter in
            for _ in 0..<mmsc.breaker.failures {
                submitter.exchange.health.record(.unwell("no answer"), by: "others", of: mmsc, now: clock.now())
            }
        }

        #expect(kept == [SubmissionResult(.released)])
        #expect(client.statistics.requests == 0)
    }

    @Test("it goes back unsent when the configuration is read again, to be made by that")
    func reloaded() async throws {
        let kept = try await outcome { _ in directory.replace(with: Directory(mmscs: [mmsc])) }

        #expect(kept == [SubmissionResult(.released)])
        #expect(client.statistics.requests == 0)
    }

    @Test("it goes back unsent when the gateway is stopping: an exchange begun then might be cut off")
    func stopping() async throws {
        try await testGracefulShutdown { stop in
            let kept = try await outcome { _ in stop.triggerGracefulShutdown() }

            #expect(kept == [SubmissionResult(.released)])
            #expect(client.statistics.requests == 0)
        }
    }
}

/// A clock that the test sets.
private final class SetClock: DomainClock {
    let time: Mutex<Date>

    init(at time: Date) { self.time = Mutex(time) }

    func now() -> Date { time.withLock { $0 } }

    func sleep(until deadline: Date) async throws { try Task.checkCancellation() }
}
