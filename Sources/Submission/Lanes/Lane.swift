import FoundationEssentials
import GatewayCore
import Logging
import Synchronization
import WorkLoop

/// Sends messages to one MMSC: claims what is due and keeps as many exchanges in flight as the MMSC, its rate and its
/// health allow.
struct Lane: Sendable, Identifiable {
    let name: String
    let store: any SubmissionQueue
    let directory: CurrentDirectory
    let health: Health
    let submitter: Submitter
    /// Takes back messages that the MMSC already has.
    let cancellations: CancellationLane
    let clock: any DomainClock
    /// A clock that nobody sets.
    let uptime: @Sendable () -> Duration
    let signal: Signal
    let log: SubmissionLog

    var id: String { name }

    /// Runs until the gateway stops; returns when nothing is in flight.
    ///
    /// While the directory lacks the MMSC, the lane claims nothing; it goes on as soon as the MMSC is back. So nobody
    /// has to decide when a lane is over, and what is still in flight always counts against the MMSC's limit.
    func run() async {
        async let cancelled: Void = cancellations.run()
        await submit()
        await cancelled
    }

    private func submit() async {
        var rate = RateLimit(now: uptime())
        let share = Mutex(SubmissionShare())
        /// Exchanges that are over and not recorded yet. When there are more of them than permits, each one beyond
        /// takes a permit.
        let recording = Atomic<Int>(0)
        let inFlight = Semaphore(permits: 0)
        await WorkLoop<Claim>(signal: signal, clock: clock).run { ongoing in
            health.lanes.looks(.submissions, of: name)
            defer { health.lanes.rests(.submissions, of: name) }
            let directory = directory.now
            let now = clock.now()
            guard let mmsc = directory.mmscs[name] else { return .init([], nextLook: now + Self.longestPause) }
            inFlight.set(permits: mmsc.maxInFlight)
            var capacity = Capacity(
                free: mmsc.maxInFlight + mmsc.claimedAhead - ongoing.count
                    - max(recording.load(ordering: .relaxed) - mmsc.maxInFlight, 0),
                lookAgain: now + Self.longestPause)
            capacity.keep(health.allowance(of: mmsc, generation: directory.generation, now: now))
            let copies = health.recipientsPerRequest(at: mmsc)
            if let perSecond = mmsc.messagesPerSecond {
                capacity.keep(&rate, perSecond: perSecond, copies: copies, uptime: uptime(), now: now)
            }
            guard capacity.free > 0 else { return .init([], nextLook: capacity.lookAgain) }
            var request = ClaimRequest(
                mmsc: name, limit: capacity.free, recipientsPerRequest: copies,
                available: health.available(in: directory),
                share: share.withLock { share in
                    share.capacity = mmsc.maxInFlight + mmsc.claimedAhead
                    return share
                },
                now: now,
                // Longer than the wait for another exchange, the message's own exchange and its record can take
                // together.
                leaseUntil: now + mmsc.timeout + mmsc.timeout + .seconds(60))
            // An MMSC that is tried takes the messages that wait for it, unless it is being drained.
            if !mmsc.isDraining { request.available.insert(name) }
            if let ownership = store.ownership, !ownership.has(lane: name) {
                // The lane is asked for, and begins with the next look: its owner may have sent a message just now.
                request.limit = 0
                rate = RateLimit(now: uptime())
                if let perSecond = mmsc.messagesPerSecond { rate.take(1, perSecond: perSecond) }
            }
            let term = store.ownership?.term ?? 0
            guard var found = await claim(request) else { return .init([], nextLook: capacity.lookAgain) }
            guard !found.claims.isEmpty else {
                let due = found.nextDue.map { max($0, now + Self.shortestPause) } ?? capacity.lookAgain
                return .init([], nextLook: min(due, capacity.lookAgain))
            }
            for index in found.claims.indices { found.claims[index].term = term }
            if capacity.isTry, let only = found.claims.first { health.beginTry(only.transactionID, at: name) }
            share.withLock { share in
                for claim in found.claims { share.take(claim.queue) }
            }
            if let perSecond = mmsc.messagesPerSecond {
                rate.take(found.claims.reduce(0) { $0 + 1 + $1.others.count }, perSecond: perSecond)
            }
            return .init(found.claims, nextLook: capacity.lookAgain)
        } perform: { claim, makeRoom in
            // The answer is here, so the next may be sent while the result of this one is recorded.
            await submitter.submit(claim, within: inFlight) {
                recording.add(1, ordering: .relaxed)
                health.endTry(claim.transactionID, at: name)
                share.withLock { $0.giveBack(claim.queue) }
                makeRoom()
            }
            recording.subtract(1, ordering: .relaxed)
            signal.raise()
        }
        health.lanes.ended(.submissions, of: name)
    }

    /// The least time between two looks that find nothing, whatever time the store names for the next.
    private static let shortestPause = Duration.milliseconds(10)
    /// The longest wait, however far away the next message is: the clock may be set meanwhile.
    private static let longestPause = Duration.seconds(1)

    /// Nil when the store did not answer.
    private func claim(_ request: ClaimRequest) async -> Claims? {
        do {
            let claims = try await store.claimDue(request)
            log.storeAnswers()
            return claims
        } catch {
            log.storeFailed(
                "The store does not answer; sending pauses", because: error, metadata: ["mmsc": "\(name)"])
            return nil
        }
    }
}

extension MMSC {
    /// SubmitReqs that are claimed and made while all permits are taken, so that an answer is followed by the next
    /// request at once and not after a commit.
    ///
    /// When the gateway is killed, they are in doubt although they were never sent. Where messages in doubt are not
    /// sent again, they would be lost, so none are claimed ahead there; nor where there is a rate, since the rate is
    /// kept by claiming.
    var claimedAhead: Int { onLostAnswer == .resend && messagesPerSecond == nil ? maxInFlight / 16 : 0 }
}

/// How many SubmitReqs may begin now, and when to look again when none may.
private struct Capacity {
    var free: Int
    var lookAgain: Date
    /// Whether the one message allowed is a try that shows how the MMSC is.
    var isTry = false

    mutating func keep(_ allowance: CircuitBreaker.Allowance) {
        switch allowance {
        case .all:
            break
        case .one:
            free = min(free, 1)
            isTry = true
        case .none(let until):
            free = 0
            lookAgain = min(lookAgain, until)
        }
    }

    mutating func keep(
        _ rate: inout RateLimit, perSecond: Double, copies: Int, uptime: Duration, now: Date
    ) {
        let messages = rate.available(perSecond: perSecond, now: uptime)
        // The recipients of one request go together or not at all; the next wait is longer by that.
        free = min(free, messages == 0 ? 0 : max(messages / copies, 1))
        if messages == 0 { lookAgain = min(lookAgain, now + (rate.nextPermit - uptime)) }
    }
}
