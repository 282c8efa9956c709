import Foundation
import MockMMSC
import PostgresServer
import TestPeers
import Testing

/// Executables that share a database, killed, stopped, held up and cut off. `ROUNDS` in the environment adds as many such
/// events at random; `SEED` repeats their order.
@Suite(
    "Gateways that share a database", .serialized, .timeLimit(.minutes(15)),
    .enabled(if: TestServer.programs != nil, "PostgreSQL's server is not installed"))
struct ReplicaCrashTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let rounds = environment["ROUNDS"].flatMap { Int($0) } ?? 0
    private static let seed = environment["SEED"].flatMap { UInt64($0) } ?? .random(in: 1...999_999)

    @Test("lose nothing whoever is killed, held up or cut off, and send together no more than one may")
    func rounds() async throws {
        let seed = Self.seed
        try await ReplicaStage.run(count: 3) { stage in
            let peer = try stage.stage.peer(faults: ["--delay", "40ms"], seed: seed)
            let mmsc = try await peer.start()
            var fleet = Fleet(stage: stage, peer: peer, random: SeededGenerator(seed: seed))
            for number in 0..<3 { try await fleet.start(number) }

            for event in Fleet.Event.allCases { try await fleet.meet(event) }
            for _ in 0..<Self.rounds { try await fleet.meet(Fleet.Event.allCases.randomElement(using: &fleet.random)) }
            let settlement = try await stage.settle(fleet.members, batches: fleet.posted, with: peer)

            let figures = settlement.figures
            #expect(settlement.faults.isEmpty, "SEED=\(seed): \(settlement.faults.prefix(5))")
            #expect(settlement.history.batchCount == fleet.posted, "SEED=\(seed)")
            #expect(figures.states == ["delivered": fleet.posted * stage.stage.batchSize], "SEED=\(seed)")
            #expect(figures.beyondOne == figures.resentInDoubt - figures.neverArrived, "SEED=\(seed)")
            let counts = try #require(settlement.journals[peer.name]).counts
            #expect(counts.mostOpen <= ReplicaStage.mostInFlight, "SEED=\(seed)")
            #expect(counts.mostInSecond <= ReplicaStage.mostInSecond, "SEED=\(seed)")
            let most = "at most \(counts.mostOpen) at once, \(counts.mostInSecond) in a second"
            print("replicas: \(fleet.moves.joined(separator: "; ")); \(figures), \(most); seed \(seed)")
            mmsc.send(SIGKILL)
            _ = try await mmsc.exitCode()
        }
    }
}

/// Three gateways and what happens to them, with traffic all the time.
private struct Fleet {
    enum Event: CaseIterable {
        /// The server is killed and started again.
        case crash
        /// The owner of the way to the MMSC ends.
        case stop
        /// It is killed.
        case kill
        /// It is held up for longer than it counts as running.
        case hold
        /// It cannot reach the server for as long.
        case part
    }

    let stage: ReplicaStage
    let peer: Peer
    var random: SeededGenerator
    private(set) var members: [ReplicaStage.Member] = []
    /// Batches posted so far; their numbers begin at 0.
    private(set) var posted = 0
    /// How long the way to the MMSC took to its next owner, for the log.
    private(set) var moves: [String] = []

    init(stage: ReplicaStage, peer: Peer, random: SeededGenerator) {
        (self.stage, self.peer, self.random) = (stage, peer, random)
    }

    mutating func start(_ number: Int) async throws {
        members.removeAll { $0.number == number }
        members.append(try await stage.start(number, sendingTo: peer))
    }

    /// Lets something happen while batches are posted.
    mutating func meet(_ event: Event?) async throws {
        guard let event else { return }
        let new = posted..<posted + 6
        posted = new.upperBound
        async let accepted: Void = post(new, to: members)
        try await peer.receivesMore(over: stage.stage.client, within: .seconds(5))
        switch event {
        case .crash: try stage.server.crash()
        case .stop: try await lose("a stop", within: .seconds(1)) { program in program.send(SIGTERM) }
        case .kill: try await lose("kill -9", within: .seconds(12)) { program in program.send(SIGKILL) }
        case .hold: try await hold()
        case .part: try await part()
        }
        try await accepted
    }

    private func post(_ numbers: Range<Int>, to members: [ReplicaStage.Member]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { [stage] group in
            for number in numbers { group.addTask { try await stage.post(number, to: members) } }
            try await group.waitForAll()
        }
    }

    private func owner() async throws -> ReplicaStage.Member {
        let end = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < end {
            let name = try stage.owner(of: peer)
            if let owner = members.first(where: { $0.name == name }) { return owner }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw Unexpected("nobody sends to the MMSC")
    }

    /// Ends the owner of the way to the MMSC, waits until another has it, and starts it again.
    private mutating func lose(_ event: String, within limit: Duration, _ end: (Program) -> Void) async throws {
        let lost = try await owner()
        end(lost.program)
        _ = try await lost.program.exitCode()
        try await wait(for: event, since: .now, another: lost, within: limit)
        try await start(lost.number)
    }

    /// Holds the owner up for longer than it counts as running, and lets it go on.
    private mutating func hold() async throws {
        let held = try await owner()
        held.program.send(SIGSTOP)
        try await wait(for: "SIGSTOP", since: .now, another: held, within: .seconds(12))
        held.program.send(SIGCONT)
    }

    /// Cuts the owner's way to the server, and joins it again.
    private mutating func part() async throws {
        let lost = try await owner()
        stage.lines[lost.number].holdBack()
        defer { stage.lines[lost.number].letPass() }
        try await wait(for: "a cut", since: .now, another: lost, within: .seconds(12))
    }

    private mutating func wait(
        for event: String, since start: ContinuousClock.Instant, another lost: ReplicaStage.Member,
        within limit: Duration
    ) async throws {
        while true {
            if let name = try stage.owner(of: peer), name != lost.name { break }
            guard start.duration(to: .now) < .seconds(30) else { throw Unexpected("nobody took over after \(event)") }
            try await Task.sleep(for: .milliseconds(20))
        }
        let passed = start.duration(to: .now)
        moves.append("\(event): \(passed)")
        #expect(passed < limit, "\(event)")
    }
}
