import FoundationEssentials
import GatewayCore
import Logging
import MM7
import WorkLoop

/// The way of CancelReqs to one MMSC, beside that of its messages: what a customer withdraws does not wait behind them, nor
/// in their place.
struct CancellationLane: Sendable {
    let name: String
    let store: any Store
    let directory: CurrentDirectory
    let health: Health
    let exchange: Exchange
    let clock: any DomainClock
    let bell: Doorbell
    let outage: OutageWatch
    let logger: Logger

    /// CancelReqs without an answer yet, at most.
    private static let inFlightLimit = 2
    /// However far the next is: the clock may be set meanwhile.
    private static let longestPause = Duration.seconds(1)

    /// Runs until the MMSC is gone from the directory or the gateway stops; returns when nothing is in flight.
    ///
    /// An MMSC that gets nothing new is still to give back what it has.
    func run() async {
        await WorkLoop<Cancellation>(bell: bell, clock: clock).run { ongoing in
            let directory = directory.now
            guard let mmsc = directory.mmscs[name] else { return nil }
            let now = clock.now()
            var nextLook = now + Self.longestPause
            guard mmsc.profile.operations.contains(.cancel), ongoing.count < Self.inFlightLimit else {
                return .init([], nextLook: nextLook)
            }
            var free = Self.inFlightLimit - ongoing.count
            var isTry = false
            switch health.allowance(of: mmsc, generation: directory.generation, now: now) {
            case .all:
                break
            case .one:
                free = 1
                isTry = true
            case .none(let until):
                nextLook = min(nextLook, until)
                return .init([], nextLook: nextLook)
            }
            // Longer than an exchange can last, time for its record included.
            let leaseUntil = now + mmsc.timeout + .seconds(60)
            let claims = await claim(limit: free, now: now, leaseUntil: leaseUntil)
            if isTry, let only = claims.first { health.beginTry(only.transactionID, at: name) }
            return .init(claims.filter { !ongoing.contains($0.id) }, nextLook: nextLook)
        } perform: { cancellation in
            await exchange.cancel(cancellation)
            health.endTry(cancellation.transactionID, at: name)
        }
    }

    /// Empty when the store did not answer.
    private func claim(limit: Int, now: Date, leaseUntil: Date) async -> [Cancellation] {
        do {
            return try await store.claimCancellations(at: name, limit: limit, now: now, leaseUntil: leaseUntil)
        } catch {
            if let untold = outage.failed() {
                logger.error(
                    "The store does not answer; cancelling pauses",
                    metadata: ["mmsc": "\(name)", "error": "\(error)", "others": "\(untold)"])
            }
            return []
        }
    }
}
