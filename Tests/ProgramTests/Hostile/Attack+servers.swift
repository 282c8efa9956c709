import Foundation
import TestPeers

extension Attack {
    /// What a customer's media server and webhook receiver do to the gateway that calls them.
    static let servers = HostileServer.Manner.allCases.filter { $0 != .picture }.flatMap { manner in
        let name = manner.rawValue.dropFirst()
        return [
            Attack("a media server: \(name)", threads: 2) { ground, end in
                ground.post(ground.batch(media: "\(manner.rawValue)"))
                pause(until: end)
            },
            Attack("a webhook receiver: \(name)", threads: 2) { ground, end in
                ground.post(ground.batch(count: 20, webhook: manner.rawValue))
                pause(until: end)
            },
        ]
    }

    private static func pause(until end: ContinuousClock.Instant) {
        Thread.sleep(forTimeInterval: min(0.1, max((end - .now) / .seconds(1), 0)))
    }
}
