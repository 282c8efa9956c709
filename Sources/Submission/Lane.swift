import FoundationEssentials
import GatewayCore
import Logging
import WorkLoop

/// The way to one MMSC: takes what is due there and keeps as many exchanges in flight as the MMSC and its rate allow.
struct Lane: Sendable, Identifiable {
    let name: String
    let store: any Store
    let directory: CurrentDirectory
    let exchange: Exchange
    let clock: any WallClock
    let bell: Doorbell
    let logger: Logger

    var id: String { name }

    /// Runs until the MMSC is gone from the directory or the gateway stops; returns when nothing is in flight.
    func run() async {
        var rate = RateLimit(now: clock.now())
        await WorkLoop<Claim>(bell: bell, clock: clock).run { ongoing in
            guard let mmsc = directory.now.mmscs[name] else { return nil }
            var limit = mmsc.maxInFlight - ongoing.count
            var nextLook = clock.now() + .seconds(1)
            if let perSecond = mmsc.messagesPerSecond {
                limit = min(limit, rate.available(perSecond: perSecond, now: clock.now()))
                if limit <= 0 { nextLook = min(nextLook, rate.nextPermit) }
            }
            guard limit > 0, let claims = await claim(upTo: limit, at: mmsc) else {
                return .init([], nextLook: nextLook)
            }
            if claims.isEmpty { nextLook = await nextDue(before: nextLook) }
            if let perSecond = mmsc.messagesPerSecond { rate.take(claims.count, perSecond: perSecond) }
            return .init(claims, nextLook: nextLook)
        } perform: { claim in
            await exchange.submit(claim)
        }
    }

    /// When to look again: at the time the next message is due, should it come first.
    private func nextDue(before nextLook: Date) async -> Date {
        // A store that stopped answering between the claim and this is told of by the next claim.
        guard let due = try? await store.nextDue(at: name) else { return nextLook }
        return max(min(due, nextLook), clock.now() + Self.shortestPause)
    }

    /// Between two looks that find nothing, whatever the store says of the next.
    private static let shortestPause = Duration.milliseconds(10)

    /// Nil when the store did not answer.
    private func claim(upTo limit: Int, at mmsc: MMSC) async -> [Claim]? {
        let now = clock.now()
        // Longer than an exchange can last, time for its record included.
        let lease = mmsc.timeout + .seconds(60)
        do {
            return try await store.claimDue(at: name, limit: limit, now: now, leaseUntil: now + lease)
        } catch {
            logger.error(
                "The store does not answer; sending pauses", metadata: ["mmsc": "\(name)", "error": "\(error)"])
            return nil
        }
    }
}
