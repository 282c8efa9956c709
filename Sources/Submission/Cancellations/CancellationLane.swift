import FoundationEssentials
import GatewayCore
import Logging
import MM7
import Synchronization
import WorkLoop

/// Sends CancelReqs to one MMSC, beside the lane of its messages: neither kind of request waits for the other.
struct CancellationLane: Sendable {
    let name: String
    let store: any CancellationQueue
    let directory: CurrentDirectory
    let health: Health
    let canceller: Canceller
    let clock: any DomainClock
    let signal: Signal
    let log: SubmissionLog
    /// Nil where every MMSC is this process's to send to.
    var ownership: (any LaneOwnership)?

    /// CancelReqs without an answer yet, at most.
    private static let inFlightLimit = 2
    /// The longest wait, however far away the next CancelReq is: the clock may be set meanwhile.
    private static let longestPause = Duration.seconds(1)

    /// Runs until the gateway stops; returns when nothing is in flight. While the directory lacks the MMSC, no
    /// CancelReq is sent to it.
    ///
    /// An MMSC that is being drained still gets CancelReqs for the messages that it has.
    func run() async {
        let share = Mutex(FairShare<Int, Int>(.cancellations, capacity: Self.inFlightLimit))
        await WorkLoop<Cancellation>(signal: signal, clock: clock).run { ongoing in
            health.lanes.looks(.cancellations, of: name)
            defer { health.lanes.rests(.cancellations, of: name) }
            let directory = directory.now
            let now = clock.now()
            var nextLook = now + Self.longestPause
            guard let mmsc = directory.mmscs[name], mmsc.profile.operations.contains(.cancel),
                ongoing.count < Self.inFlightLimit
            else { return .init([], nextLook: nextLook) }
            var free = Self.inFlightLimit - ongoing.count
            var isTry = false
            let allowance = health.allowance(of: mmsc, for: .cancelling, generation: directory.generation, now: now)
            switch allowance {
            case .all:
                break
            case .one:
                free = 1
                isTry = true
            case .none(let until):
                nextLook = min(nextLook, until)
                return .init([], nextLook: nextLook)
            }
            let term = ownership?.term ?? 0
            var claims = await claim(
                CancellationRequest(
                    mmsc: name, limit: free, share: share.withLock { $0 }, except: ongoing, now: now,
                    // Longer than an exchange and the record of its result can take.
                    leaseUntil: now + mmsc.timeout + .seconds(60)))
            for index in claims.indices { claims[index].term = term }
            if isTry, let only = claims.first {
                health.beginTry(only.transactionID, at: name, of: .cancelling)
            }
            share.withLock { share in
                for claim in claims { share.take(for: claim.customer, at: claim.customer) }
            }
            return .init(claims, nextLook: nextLook)
        } perform: { cancellation in
            await canceller.cancel(cancellation)
            health.endTry(cancellation.transactionID, at: name, of: .cancelling)
            share.withLock { $0.giveBack(of: cancellation.customer, at: cancellation.customer, after: .silent) }
        }
        health.lanes.ended(.cancellations, of: name)
    }

    /// Empty when the store did not answer.
    private func claim(_ request: CancellationRequest) async -> [Cancellation] {
        do {
            return try await store.claimCancellations(request)
        } catch {
            log.storeFailed(
                "The store does not answer; cancelling pauses", because: error, metadata: ["mmsc": "\(name)"])
            return []
        }
    }
}
