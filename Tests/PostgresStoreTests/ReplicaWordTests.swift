import Doubles
import Foundation
import GatewayCore
import PostgresServer
import StoreConformance
import Testing

@testable import PostgresStore
@testable import SQLStore

@Suite(
    "What gateways that share a database tell each other",
    .enabled(if: TestServer.programs != nil, "PostgreSQL's server is not installed"))
struct ReplicaWordTests {
    @Test("what all customers have waiting is counted over all of them")
    func tally() async throws {
        try await Replicas.withTwo { one, two, _ in
            try await one.due(to: ["12025550101", "12025550102"])
            try await two.due(to: ["12025550103"])
            #expect(two.store.waitingCount == 3)

            for claim in try await one.claims() {
                try await one.store.record(
                    SubmissionResult(.accepted(messageID: claim.id.description)), of: claim, now: .start)
            }
            try await two.store.check()

            #expect(two.store.waitingCount == 0)
        }
    }

    @Test("a gateway that starts beside others goes by their count, and one alone counts anew")
    func start() async throws {
        try await Replicas.withTwo { one, _, place in
            try await one.due(to: ["12025550101", "12025550102"])
            let third = try await Replicas.open(place)
            try await third.store.check()
            #expect(third.store.waitingCount == 2)
            await third.store.close()
        }
        let place = try await TestServer.shared.value.place()
        let first = try await Replicas.open(place)
        try await first.due(to: ["12025550101"])
        await first.store.close()
        try await TestServer.shared.value.run("UPDATE \(place.schema).queue_tally SET waiting = 77")
        let second = try await Replicas.open(place)
        #expect(second.store.waitingCount == 1)
        await second.store.close()
    }

    @Test("a report that comes to one while the other records the acceptance is never lost, whichever is first")
    func report() async throws {
        try await Replicas.withTwo { one, two, _ in
            for number in 0..<40 {
                let batch = try await one.due(to: ["12025550101"])
                let claim = try await one.claim()
                let id = "M\(number)"
                async let accepted: Void = one.store.record(
                    SubmissionResult(.accepted(messageID: id)), of: claim, now: .start)
                async let reported: ReportResult = two.store.apply(.delivered(id), from: "north", now: .start)
                _ = try await (accepted, reported)

                #expect(try await two.message(in: batch).state == .delivered)
            }
        }
    }

    @Test("what becomes due by one is told to the other at once")
    func bell() async throws {
        try await Replicas.withTwo { one, two, _ in
            _ = await wasRaised(two.signals.media)
            // The bell's line may still be on its way.
            _ = try await eventually {
                try await one.inserted(to: ["12025550101"])
                for _ in 0..<20 {
                    if await wasRaised(two.signals.media) { return true }
                    try await Task.sleep(for: .milliseconds(5))
                }
                return nil
            }
        }
    }

    @Test("a bell whose line was cut hears again")
    func cutBell() async throws {
        try await Replicas.withTwo { one, two, place in
            try await TestServer.shared.value.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%LISTEN%' AND pid <> pg_backend_pid()"
            )
            // All is looked for once it hears again.
            _ = try await eventually {
                _ = await wasRaised(two.signals.media)
                try await one.inserted(to: ["12025550101"])
                for _ in 0..<20 {
                    if await wasRaised(two.signals.media) { return true }
                    try await Task.sleep(for: .milliseconds(5))
                }
                return nil
            }
            _ = place
        }
    }

    @Test("a tally that went back with the database is counted by what is there")
    func tallyWentBack() async throws {
        try await Replicas.withTwo { one, _, place in
            try await one.due(to: ["12025550101", "12025550102"])
            #expect(one.store.waitingCount == 2)

            try await TestServer.shared.value.run(
                "UPDATE \(place.schema).queue_tally SET waiting = 1, version = 1; UPDATE \(place.schema).queue_head SET version = 1"
            )
            try await one.store.check()

            #expect(one.store.waitingCount == 1)
        }
    }

    @Test("without a bell everything is found all the same")
    func withoutBell() async throws {
        try await Replicas.withTwo(notifies: false) { one, two, _ in
            try await one.due(to: ["12025550101"])
            #expect(try await two.claims().count == 1)
        }
    }

    @Test("each batch's media is fetched by one of them")
    func media() async throws {
        try await Replicas.withTwo { one, two, _ in
            let batches = try await (0..<40).asyncMap { _ in try await one.inserted(to: ["12025550101"]).id }

            let (mine, others) = try await eventually {
                let both = (try await tasks(of: one), try await tasks(of: two))
                return both.0.isDisjoint(with: both.1) ? both : nil
            }

            #expect(mine.union(others) == Set(batches))
        }
    }

    private func tasks(of scene: Scene) async throws -> Set<Batch.ID> {
        Set(try await scene.store.batchesWithoutMedia(limit: 100, now: .start, except: []).map(\.batch))
    }

    @Test("each event is called by one of them")
    func calls() async throws {
        try await Replicas.withTwo { one, two, _ in
            for number in 0..<30 {
                try await one.due(to: ["120255501\(10 + number)"], interest: .submitted)
            }
            for claim in try await one.claims() {
                try await one.store.record(
                    SubmissionResult(.accepted(messageID: claim.id.description)), of: claim, now: .start)
            }
            async let mine = one.events()
            async let others = two.events()
            let (first, second) = (try await mine, try await others)

            #expect(first.count + second.count == 30)
            #expect(Set(first.map(\.id)).isDisjoint(with: Set(second.map(\.id))))
        }
    }

    @Test("an owner's word that its MMSC takes nothing reaches those who carry for it")
    func down() async throws {
        try await Replicas.withTwo { one, two, _ in
            try await one.due(to: ["12025550101"])
            _ = try await one.claim()

            one.store.ownership?.tell(down: ["north"])

            _ = try await eventually { two.store.ownership?.downElsewhere == ["north"] ? true : nil }
        }
    }
}

extension Range<Int> {
    fileprivate func asyncMap<Value>(_ body: (Int) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for number in self { values.append(try await body(number)) }
        return values
    }
}
