import Foundation
import Testing

/// The executable under attack, with a well-behaved client beside. `HOSTILE_SECONDS` in the environment says how long
/// each attack goes on; without it the attacks are short, and the bounds leave room for a build that is not optimised on
/// a machine that does much else: they find who is not served, the long form who is served slowly.
@Suite("Under attack", .serialized, .timeLimit(.minutes(60)))
struct AttackTests {
    private static let seconds = ProcessInfo.processInfo.environment["HOSTILE_SECONDS"].flatMap { Double($0) }
    private static let isLong = seconds != nil
    private static let length = Duration.seconds(seconds ?? 0.7)
    /// What others may wait, at the 99th percentile.
    private static let patience = isLong ? Duration.milliseconds(100) : .seconds(30)
    /// What the process may have more than at rest, in bytes.
    private static let memory = isLong ? 150_000_000 : 250_000_000

    @Test("others are served in time, memory has a bound and is given back", arguments: groups)
    func attacks(_ attacks: [Attack]) async throws {
        // The long form measures, and lines for each request would be measured too.
        try await Ground.run(level: Self.isLong ? "info" : "trace") { ground in
            let bystander = Bystander(
                ports: (ground.ports.customers, ground.ports.mm7),
                mediaURL: ground.hostile.url + HostileServer.Manner.picture.rawValue)
            // What is made once, at the first of everything, belongs to the rest.
            _ = try await bystander.watch { try await Task.sleep(for: .milliseconds(500)) }
            let rest = ground.gateway.resident()
            for attack in attacks {
                try ground.gateway.forgetPeak()
                let bystander = Bystander(
                    ports: (ground.ports.customers, ground.ports.mm7),
                    mediaURL: ground.hostile.url + HostileServer.Manner.picture.rawValue)

                let figures = try await bystander.watch { await attack.run(ground, .now + Self.length) }

                let peak = ground.gateway.resident(atPeak: true)
                print(
                    "hostile: \(attack.name): p50 \(figures.p50.milliseconds) ms,",
                    "p99 \(figures.p99.milliseconds) ms of \(figures.times.count) requests,",
                    "\(figures.failures.count) failed; \(rest >> 20) MiB at rest, \(peak >> 20) MiB at the peak")
                let place = Comment(rawValue: attack.name)
                #expect(figures.failures.isEmpty, "\(attack.name): \(figures.failures.prefix(5))")
                #expect(figures.p99 < Self.patience, place)
                #expect(peak < rest + Self.memory, place)
            }
            if Self.isLong {
                let left = try await settled(ground, below: rest + 50_000_000)
                print("hostile: \(left >> 20) MiB within a minute after \(attacks.map(\.name))")
                #expect(left < rest + 50_000_000)
            }
            Confidential.use(on: ground)
            _ = try await bystander.watch { try await Task.sleep(for: .milliseconds(500)) }
            let printed = ground.gateway.printed
            #expect(Self.isLong || printed.contains { $0.contains("A request was answered") })
            #expect(Confidential.leaks(in: printed).prefix(5) == [])
        }
    }

    /// In the long form each attack has a gateway of its own.
    private static let groups: [[Attack]] =
        isLong
        ? Attack.all.map { [$0] } : [Attack.connections, Attack.framing, Attack.bodies, Attack.servers]

    /// What the process has in RAM once that is below the bound, or after a minute.
    private func settled(_ ground: Ground, below bound: Int) async throws -> Int {
        let end = ContinuousClock.now + .seconds(60)
        while ground.gateway.resident() >= bound, .now < end { try await Task.sleep(for: .milliseconds(500)) }
        return ground.gateway.resident()
    }
}

extension Duration {
    fileprivate var milliseconds: Int { Int(self / .milliseconds(1)) }
}
