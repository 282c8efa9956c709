import Foundation
import GatewayCore
import PostgresServer
import StoreConformance
import Testing

@testable import PostgresStore
@testable import SQLStore

/// Two releases on one database, the later of which has a step of the schema more.
@Suite(
    "An upgrade of gateways that share a database",
    .enabled(if: TestServer.programs != nil, "PostgreSQL's server is not installed"))
struct UpgradeTests {
    private static let next = PostgresMigration(
        number: (PostgresMigration.all.last?.number ?? 0) + 1,
        script: """
            ALTER TABLE message ADD COLUMN colour TEXT NOT NULL DEFAULT 'none';
            CREATE INDEX message_colour ON message (colour) WHERE colour <> 'none';
            CREATE TABLE palette (colour TEXT NOT NULL PRIMARY KEY);
            """)

    private func openNext(_ place: TestServer.Place) async throws -> Scene {
        var server = place.server
        server.migrations.append(Self.next)
        let signals = WorkSignals()
        let store = try await PostgresStore.open(
            server, as: ReplicaIdentity(), signals: signals, now: .start, readerCount: 1)
        return Scene(store: store, signals: signals)
    }

    /// Posts batches until it is cancelled, at least some.
    private func post(_ scene: Scene) async throws -> [Batch] {
        var batches: [Batch] = []
        while batches.count < 20 || !Task.isCancelled {
            batches.append(try await scene.due(to: ["12025550101"]))
        }
        return batches
    }

    /// Sends what is due, a hundred messages at most.
    ///
    /// - Returns: how many there were.
    @discardableResult
    private func send(_ scene: Scene) async throws -> Int {
        let claims = try await scene.claims(limit: 100)
        for claim in claims {
            try await scene.store.record(
                SubmissionResult(.accepted(messageID: "\(claim.transactionID)")), of: claim, now: .start)
        }
        return claims.count
    }

    @Test("goes one by one while messages flow: none is lost, and the former release starts no more")
    func rolling() async throws {
        let place = try await TestServer.shared.value.place()
        try await PromiseTests.turns.withPermit {
            let (one, two) = (try await Replicas.open(place), try await Replicas.open(place))
            let traffic = [one, two].map { scene in Task { try await post(scene) } }
            try await send(one)

            let three = try await openNext(place)
            // Beside the new tables, the former release goes on.
            try await send(one)
            let refusal = await #expect(throws: StoreFailure.self) { _ = try await Replicas.open(place) }
            #expect(refusal?.description.contains("has schema \(Self.next.number)") == true)
            for task in traffic { task.cancel() }
            let batches = try await traffic[0].value + traffic[1].value
            await one.store.close()
            await two.store.close()
            let four = try await openNext(place)
            _ = try await eventually { try await send(three) > 0 ? true : nil }
            while try await send(three) > 0 {}

            for batch in batches {
                guard case .submitted = try await four.message(in: batch).state else {
                    Issue.record("a message was not sent")
                    break
                }
            }
            await three.store.close()
            await four.store.close()
        }
    }
}
