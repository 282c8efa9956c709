import Foundation
import TestPeers
import Testing

/// The executable against MMSCs that do wrong in their own processes: 30 % of the exchanges, each kind in turn.
@Suite("Faults of an MMSC in its own process", .timeLimit(.minutes(5)))
struct FaultTests {
    private static let seed = UInt64.random(in: 1...999_999)

    @Test(
        "what the MMSC took is delivered once, and the customer hears of each message once",
        arguments: [
            ["--refuse", "0.3"], ["--drop", "0.3"], ["--fault", "0.3"], ["--html", "0.3"], ["--half", "0.3"],
            ["--misaddress", "0.3"], ["--deny", "0.3"], ["--reset", "0.3"], ["--hang", "0.3", "--hang-time", "2s"],
            ["--delay", "300ms", "--slow", "200ms"],
        ])
    func answers(faults: [String]) async throws {
        try await settled(faults: faults)
    }

    @Test("so it is with all of these at once and reports that come early, twice, deferred, swapped or for nobody")
    func everything() async throws {
        let answers = ["refuse", "drop", "fault", "html", "half", "misaddress", "deny", "reset", "hang"]
        let reports = ["duplicate", "reorder", "deferred", "swap", "unknown-first", "national"]
        try await settled(
            faults: answers.flatMap { ["--\($0)", "0.035"] } + reports.flatMap { ["--\($0)", "0.3"] }
                + ["--hang-time", "2s"], isReportedOnce: false)
    }

    @Test("of several recipients in a request those that were not taken go singly")
    func partial() async throws {
        try await settled(faults: ["--partial", "0.3"], recipientsPerRequest: 10)
    }

    @Test("several recipients, and the MMSC loses answers: a repeat carries the same ones")
    func severalLost() async throws {
        try await settled(faults: ["--drop", "0.15", "--reset", "0.15", "--partial", "0.3"], recipientsPerRequest: 10)
    }

    @Test(
        "an MMSC that takes one recipient only gets them singly, also those whose first request was lost",
        arguments: [[], ["--reset", "0.3"], ["--drop", "0.3"]])
    func singles(faults: [String]) async throws {
        try await settled(faults: ["--recipients", "1"] + faults, recipientsPerRequest: 10)
    }

    private func settled(
        faults: [String], recipientsPerRequest: Int = 1, isReportedOnce: Bool = true
    ) async throws {
        try await Stage.run(batchSize: 20) { stage in
            let peer = try stage.peer(faults: faults, seed: Self.seed)
            let mmsc = try await peer.start()
            try stage.configure(peer, recipientsPerRequest: recipientsPerRequest, webhookTimeout: "60s")
            let (gateway, port) = try await stage.start()
            for number in 0..<3 { #expect(try await stage.post(number, to: port) == 201) }

            var settlement = try await stage.settle(gateway, batches: 3, with: [peer])

            settlement.isSingle = recipientsPerRequest == 1
            settlement.isReportedOnce = isReportedOnce
            let figures = settlement.figures
            let place = Comment(rawValue: "\(faults), seed \(Self.seed), \(figures)")
            #expect(settlement.faults.isEmpty, "\(settlement.faults.prefix(5)) \(place)")
            // It is given up where the answer was lost for the last time that it may be.
            let givenUp = settlement.history.messages.count { $0.attempts.last?.event == "gave_up" }
            #expect(figures.states["delivered", default: 0] == 60 - givenUp, place)
            #expect(figures.states["unknown", default: 0] == givenUp, place)
            #expect(figures.beyondOne == figures.resentInDoubt + figures.triedAnew - figures.neverArrived, place)
            // Nobody was killed, so nobody had a reason to say a thing twice.
            #expect(stage.told.calls.count == 60, place)
            mmsc.send(SIGKILL)
            _ = try await mmsc.exitCode()
        }
    }
}
