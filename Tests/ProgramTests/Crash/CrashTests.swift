import CurlHTTP
import Foundation
import MockMMSC
import TestPeers
import Testing

/// The executable, killed again and again. `ROUNDS` in the environment says how often; `SEED` repeats a run as far as
/// the machine's own timing lets it.
@Suite("kill -9 at any moment", .serialized, .timeLimit(.minutes(15)))
struct CrashTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let rounds = environment["ROUNDS"].flatMap { Int($0) } ?? 5
    private static let seed = environment["SEED"].flatMap { UInt64($0) } ?? .random(in: 1...999_999)

    @Test("nothing is lost, and nothing sent twice but what was on the wire", arguments: [1, 4])
    func rounds(recipientsPerRequest: Int) async throws {
        let seed = Self.seed
        try await Stage.run { stage in
            let peer = try stage.peer(faults: ["--delay", "40ms"], seed: seed)
            let mmsc = try await peer.start()
            try stage.configure(peer, recipientsPerRequest: recipientsPerRequest)
            var killer = Killer(stage: stage, peer: peer, random: SeededGenerator(seed: seed))
            let start = ContinuousClock.now
            for _ in 0..<Self.rounds { try await killer.round() }
            let killed = ContinuousClock.now
            let gateway = try await killer.finish()

            var settlement = try await stage.settle(
                gateway, batches: killer.posted, with: [peer], within: .seconds(60))

            settlement.isSingle = recipientsPerRequest == 1
            let figures = settlement.figures
            #expect(settlement.faults.isEmpty, "SEED=\(seed): \(settlement.faults.prefix(5))")
            #expect(settlement.history.batchCount == killer.posted, "SEED=\(seed)")
            #expect(figures.states == ["delivered": killer.posted * stage.batchSize], "SEED=\(seed)")
            // Nothing was refused, so whatever came beyond the first was resent in doubt.
            #expect(figures.triedAnew == 0, "SEED=\(seed)")
            #expect(figures.beyondOne == figures.resentInDoubt - figures.neverArrived, "SEED=\(seed)")
            // Each start says how many messages it found on their way. One killed before it could say so is missing.
            let found = settlement.history.messages.flatMap(\.attempts).count { $0.event == "lease_ended" }
            #expect(killer.foundInDoubt <= found, "SEED=\(seed)")
            if killer.startsKilled == 0 { #expect(killer.foundInDoubt == found, "SEED=\(seed)") }
            print(
                "crash: \(Self.rounds) kills in \(killed - start) and \(ContinuousClock.now - killed) to the end,",
                "\(killer.startsKilled) during the start; \(figures), beyond one: \(figures.beyondOne), never arrived: \(figures.neverArrived); \(stage.told.calls.count) webhook calls;",
                "\(killer.foundInDoubt) told as found in doubt; \(killer.repeated) POSTs repeated; seed \(seed)")
            mmsc.send(SIGKILL)
            _ = try await mmsc.exitCode()
        }
    }
}

/// Starts gateways, posts to them and kills them, each at a random moment.
private struct Killer {
    let stage: Stage
    let peer: Peer
    var random: SeededGenerator
    /// Batches posted so far; their numbers begin at 0.
    private(set) var posted = 0
    /// Batches without a 201 yet: the connection died with the gateway, and they may have been accepted.
    private var open: Set<Int> = []
    private(set) var repeated = 0
    private(set) var foundInDoubt = 0
    private(set) var startsKilled = 0

    init(stage: Stage, peer: Peer, random: SeededGenerator) {
        self.stage = stage
        self.peer = peer
        self.random = random
    }

    /// One life of a gateway. One in eight does not live to serve.
    mutating func round() async throws {
        if Int.random(in: 0..<8, using: &random) == 0 {
            let gateway = try stage.launch()
            try await Task.sleep(for: .milliseconds(.random(in: 0...150, using: &random)))
            try await kill(gateway)
            startsKilled += 1
            return
        }
        let (gateway, port) = try await stage.start()
        let new = posted..<posted + Int.random(in: 1...4, using: &random)
        posted = new.upperBound
        async let answered = post(open.union(new), to: port)
        // Half of them die at any time from the first byte of a POST to the last webhook call and later, half with
        // SubmitReqs on the wire.
        if Bool.random(using: &random) {
            try await Task.sleep(for: .milliseconds(.random(in: 0...400, using: &random)))
        } else {
            let life = Duration.milliseconds(.random(in: 0...80, using: &random))
            try await peer.receivesMore(over: stage.client, within: .seconds(2))
            try await Task.sleep(for: life)
        }
        try await kill(gateway)
        repeated += open.count
        open = open.union(new).subtracting(try await answered)
    }

    /// The last gateway, which goes on.
    mutating func finish() async throws -> Program {
        let (gateway, port) = try await stage.start()
        repeated += open.count
        let answered = try await post(open, to: port)
        guard answered == open else { throw Unexpected("no 201 for the batches \(open.subtracting(answered))") }
        foundInDoubt += Self.count(in: gateway.printed)
        return gateway
    }

    private mutating func kill(_ gateway: Program) async throws {
        gateway.send(SIGKILL)
        let code = try await gateway.exitCode()
        guard code == 128 + SIGKILL else { throw Unexpected("it ended by itself with \(code): \(gateway.printed)") }
        // The rest of what it said, to its end.
        _ = await gateway.output()
        foundInDoubt += Self.count(in: gateway.printed)
    }

    /// Posts all at once; returns those that were accepted. A lost answer is none; any other than 201 is a fault.
    private func post(_ batches: Set<Int>, to port: Int) async throws -> Set<Int> {
        try await withThrowingTaskGroup(of: Int?.self) { [stage] group in
            for number in batches {
                group.addTask {
                    let status: Int
                    do throws(HTTPFailure) {
                        status = try await stage.post(number, to: port)
                    } catch {
                        return nil
                    }
                    guard status == 201 else { throw Unexpected("batch \(number) was answered \(status)") }
                    return number
                }
            }
            return try await group.reduce(into: []) { if let number = $1 { $0.insert(number) } }
        }
    }

    private static func count(in lines: [String]) -> Int {
        lines.first { $0.contains("on_lost_answer") }?.loggedNumber("count") ?? 0
    }
}
