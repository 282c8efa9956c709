import Doubles
import Foundation
import GatewayCore
import PostgresServer
import StoreConformance
import Synchronization
import Testing

@testable import PostgresStore
@testable import SQLStore

@Suite(
    "Gateways that share a database",
    .enabled(if: TestServer.programs != nil, "PostgreSQL's server is not installed"))
struct ReplicaTests {
    /// Makes the processes count as gone, as if they had not been heard of for ten seconds.
    private func expire(_ scene: Scene, in place: TestServer.Place) async throws {
        let id = try #require(scene.store as? PostgresStore).replicaID
        try await TestServer.shared.value.run(
            "UPDATE \(place.schema).replica SET expires_at = clock_timestamp() - interval '1 s' WHERE id = '\(id)'")
    }

    @Test("one of them sends to an MMSC, and the other gets nothing for it")
    func oneOwner() async throws {
        try await Replicas.withTwo { one, two, _ in
            try await one.due(to: ["12025550101"])
            try await two.due(to: ["12025550102"])

            #expect(try await one.claims(limit: 1).count == 1)
            #expect(try await two.claims().isEmpty)
            #expect(try await one.claims().count == 1)
            #expect(one.store.ownership?.has(lane: "north") == true)
            #expect(two.store.ownership?.has(lane: "north") == false)
        }
    }

    @Test("when the owner ends, the other sends, and what had no answer is in doubt")
    func stopped() async throws {
        try await Replicas.withTwo { one, two, _ in
            let batch = try await one.due(to: ["12025550101"])
            _ = try await one.claim()
            #expect(try await two.claims().isEmpty)

            await one.store.close()
            let end = ContinuousClock.now
            let claim = try await eventually { try await two.claims().first }

            #expect(claim.batch == batch.id && claim.isResend)
            // Long before its row would have expired.
            #expect(ContinuousClock.now - end < .seconds(5))
        }
    }

    @Test("when the owner is not heard of, the other sends, and the late answer of the first still counts once")
    func lost() async throws {
        try await Replicas.withTwo { one, two, place in
            let batch = try await one.due(to: ["12025550101"])
            let first = try await one.claim()

            try await expire(one, in: place)
            let second = try await eventually { try await two.claims().first }
            try await one.store.record(SubmissionResult(.accepted(messageID: "M1")), of: first, now: .start)
            try await two.store.record(SubmissionResult(.answerLost), of: second, now: .start)

            #expect(second.isResend)
            #expect(try await two.message(in: batch).state == .submitted(messageID: "M1"))
        }
    }

    @Test("the late refusal of what another has sent again counts for nothing, in the state and in the story")
    func lateRefusal() async throws {
        try await Replicas.withTwo { one, two, place in
            let batch = try await one.due(to: ["12025550101"])
            let first = try await one.claim()
            try await expire(one, in: place)
            let second = try await eventually { try await two.claims().first }

            let late = SubmissionResult(.refused(.refusedByMMSC), statusCode: 2000, statusText: "late")
            try await one.store.record(late, of: first, now: .start)
            #expect(try await two.message(in: batch).state.isFinal == false)
            try await two.store.record(SubmissionResult(.accepted(messageID: "M2")), of: second, now: .start)

            #expect(try await two.message(in: batch).state == .submitted(messageID: "M2"))
            let inspection = try await PostgresStore.openForReading(place.server)
            let story = try await inspection.stories(of: batch.id.description).stories.first
            #expect(try #require(story).attempts.allSatisfy { $0.statusText != "late" })
            await inspection.close()
        }
    }

    @Test("a duty that was asked for before the process counted as gone is not had by the commit that comes after it")
    func askedBefore() {
        for isSame in [true, false] {
            let membership = Membership(
                .init(home: ULIDGenerator().next(at: .start), boot: "boot", name: "one", version: "1"),
                signals: WorkSignals(), bell: nil)
            let duty = Duty.lane(mmsc: "north")
            membership.state.withLock { state in
                state.deadline = .now + .seconds(60)
                state.asked[duty] = state.id
                if !isSame { state.id = ULIDGenerator().next(at: .start + .seconds(1)) }
            }

            membership.committed(CommitSignals(), taking: [duty])

            #expect(membership.has(duty) == isSame)
        }
    }

    @Test("one that comes back after it counted as gone has none of its duties, and gets them where nobody else has")
    func back() async throws {
        try await Replicas.withTwo { one, two, place in
            try await one.due(to: ["12025550101"])
            _ = try await one.claim()
            try await expire(one, in: place)
            _ = try await eventually { try await two.claims().first }

            // The next renewal is refused.
            _ = try await eventually { one.store.ownership?.has(lane: "north") == false ? true : nil }
            #expect(try await one.claims().isEmpty)
            await two.store.close()

            #expect(try await eventually { try await one.claims().first }.isResend)
        }
    }

    @Test("an owner that cannot write gives its duties to others, though its lease goes on")
    func unwritable() async throws {
        try await Replicas.withTwo { one, two, _ in
            try await one.due(to: ["12025550101"])
            _ = try await one.claim()
            let membership = try #require(one.store as? PostgresStore).membership

            membership.state.withLock { $0.unwritableSince = .now - .seconds(60) }

            #expect(try await eventually { try await two.claims().first }.isResend)
            #expect(one.store.ownership?.has(lane: "north") == false)
            let isTrusted = membership.state.withLock(\.isTrusted)
            #expect(isTrusted)
        }
    }

    @Test("a lapse ends what is on its way")
    func lapse() async throws {
        try await Replicas.withTwo { one, _, place in
            let signal = Signal()
            one.store.ownership?.onLapse { signal.raise() }

            _ = try await eventually {
                try await expire(one, in: place)
                return await wasRaised(signal) ? true : nil
            }
        }
    }

    @Test("a start in the same data directory takes over at once what the last run had")
    func sameHome() async throws {
        let place = try await TestServer.shared.value.place()
        let home = ULIDGenerator().next(at: .start)
        let lasting = try await Replicas.open(place)
        let killed = try await Replicas.open(place, home: home)
        try await killed.due(to: ["12025550101"])
        _ = try await killed.claim()

        // The first counts as running still.
        let next = try await Replicas.open(place, home: home)

        #expect(try await next.claims().count == 1)
        _ = try await eventually { killed.store.ownership?.has(lane: "north") == false ? true : nil }
        for scene in [next, lasting, killed] { await scene.store.close() }
    }

    @Test("a process with the same data directory on another machine waits until the first is not heard of any more")
    func otherMachine() async throws {
        let place = try await TestServer.shared.value.place()
        let home = ULIDGenerator().next(at: .start)
        let first = try await Replicas.open(place, home: home)
        try await first.due(to: ["12025550101"])
        _ = try await first.claim()

        async let second = Replicas.open(place, home: home, boot: "another machine")
        _ = try await eventually {
            try await expire(first, in: place)
            return try await first.claims().isEmpty ? true : nil
        }
        let next = try await second

        #expect(try await eventually { try await next.claims().first }.isResend)
        for scene in [next, first] { await scene.store.close() }
    }

    @Test("an owner whose duty the database does not have any more stops to send")
    func forgotten() async throws {
        try await Replicas.withTwo { one, two, place in
            try await one.due(to: ["12025550101"])
            _ = try await one.claim()
            let term = try #require(one.store.ownership).term

            try await TestServer.shared.value.run("DELETE FROM \(place.schema).duty")

            _ = try await eventually { one.store.ownership.map { $0.term > term } == true ? true : nil }
            #expect(one.store.ownership?.lets(term, passTo: "north") == false)
            _ = two
        }
    }
}
