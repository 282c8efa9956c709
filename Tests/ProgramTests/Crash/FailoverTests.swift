import CurlHTTP
import Foundation
import TestPeers
import Testing

@Suite("Two MMSCs for one route", .serialized, .timeLimit(.minutes(5)))
struct FailoverTests {
    private static let seed = UInt64.random(in: 1...999_999)
    /// How long the messages live that the first may take before its end: long enough for every message to find its way, and so short that one
    /// whose MMSC forgot it is told soon.
    private static let lifetime = Duration.seconds(12)

    @Test("the first is killed under load and comes back: the second carries meanwhile, the first again at the end")
    func killed() async throws {
        try await Stage.run(batchSize: 20) { stage in
            let (north, south) = try peers(stage)
            let first = try await north.start()
            let other = try await south.start()
            try stage.configure(north, south)
            let (gateway, port) = try await stage.start()
            func post(_ numbers: Range<Int>, lifetime: Duration? = nil) async throws {
                for number in numbers {
                    #expect(try await stage.post(number, to: port, lifetime: lifetime) == 201)
                }
            }

            try await post(0..<3, lifetime: Self.lifetime)
            try await received(at: north, by: gateway, over: stage.client) { $0 >= 20 }
            first.send(SIGKILL)
            #expect(try await first.exitCode() == 128 + SIGKILL)
            try await post(3..<6)
            try await received(at: south, by: gateway, over: stage.client) { $0 >= 60 }
            let again = try await north.start()
            // It is found to be well within a tenth of a second, and has the next batch then. The journal of its first
            // life went with it.
            var batches = 6
            while try await north.journal(over: stage.client).counts.received < 20, batches < 60 {
                try await post(batches..<batches + 1)
                batches += 1
                try await Task.sleep(for: .milliseconds(100))
            }

            let settlement = try await stage.settle(gateway, batches: batches, with: [south])
            let states = settlement.figures.states
            let place = Comment(rawValue: "seed \(Self.seed), \(settlement.figures)")
            #expect(settlement.faults.isEmpty, "\(settlement.faults.prefix(5)) \(place)")
            // What north took and did not report before its end nobody will ever know.
            #expect(states["delivered", default: 0] + states["unknown", default: 0] == batches * 20, place)
            #expect(batches < 60, "north carries again")
            let forgotten = settlement.history.messages.filter { $0.state == "unknown" }
            #expect(Set(forgotten.flatMap(\.attempts).map(\.mmsc)).subtracting(["north"]) == [], place)
            for program in [other, again] { try await end(program) }
        }
    }

    @Test("one that is draining takes nothing new, from the reload on and until the next")
    func draining() async throws {
        try await Stage.run(batchSize: 20) { stage in
            let (north, south) = try peers(stage)
            let programs = [try await north.start(), try await south.start()]
            try stage.configure(north, south)
            let (gateway, port) = try await stage.start()
            #expect(try await stage.post(0, to: port) == 201)
            try await received(at: north, by: gateway, over: stage.client) { $0 == 20 }

            try stage.configure(north, south, draining: ["north"])
            gateway.send(SIGHUP)
            _ = try await gateway.line(with: "read again")
            #expect(try await stage.post(1, to: port) == 201)
            try await received(at: south, by: gateway, over: stage.client) { $0 == 20 }
            try stage.configure(north, south)
            gateway.send(SIGHUP)
            _ = try await gateway.line(with: "read again")
            #expect(try await stage.post(2, to: port) == 201)

            let settlement = try await stage.settle(gateway, batches: 3, with: [north, south])
            #expect(settlement.faults.isEmpty, "\(settlement.faults.prefix(5))")
            #expect(settlement.figures.states == ["delivered": 60])
            #expect(settlement.journals["north"]?.counts.received == 40)
            #expect(settlement.journals["south"]?.counts.received == 20)
            for program in programs { try await end(program) }
        }
    }

    private func peers(_ stage: Stage) throws -> (north: Peer, south: Peer) {
        (
            try stage.peer("north", faults: ["--delay", "50ms"], seed: Self.seed),
            try stage.peer("south", seed: Self.seed + 1)
        )
    }

    private func received(
        at peer: Peer, by gateway: Program, over client: HTTPClient, _ isEnough: (Int) -> Bool
    ) async throws {
        let end = ContinuousClock.now + .seconds(60)
        while true {
            let received = try await peer.journal(over: client).counts.received
            if isEnough(received) { return }
            guard .now < end else {
                throw Unexpected("\(peer.name) received \(received); \(gateway.printed.suffix(20))")
            }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    private func end(_ program: Program) async throws {
        program.send(SIGKILL)
        _ = try await program.exitCode()
    }
}
