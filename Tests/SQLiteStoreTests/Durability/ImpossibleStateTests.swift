import Doubles
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

@Suite("What cannot be is reported, and not passed over")
struct ImpossibleStateTests {
    private func withStore(_ body: (SQLiteStore, Scene) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            try await body(store, Scene(store: store, signals: signals))
            await store.close()
        }
    }

    /// What somebody else might have done to the database.
    private func spoil(_ store: SQLiteStore, _ statement: String) async throws {
        try await store.writer.write { (transaction) throws(SQLError) in
            try transaction.sqlite.execute(statement, doing: "testing")
        }
    }

    private func expectBroken(_ words: String, _ body: () async throws -> Void) async {
        let failure = await #expect(throws: StoreFailure.self) { try await body() }
        #expect(failure?.isBroken == true)
        #expect(failure?.text.contains(words) == true, "\(failure?.text ?? "")")
    }

    @Test("a batch that nothing says of how far it is: its media, its end, its expiry and its withdrawal fail")
    func batchWithoutProgress() async throws {
        try await withStore { store, scene in
            let batch = try await scene.inserted(to: ["12025550101"])
            try await spoil(store, "DELETE FROM batch_progress")

            await expectBroken("the progress of a batch") {
                try await store.recordMedia(
                    Scene.picture, number: 0, for: batch.id, revision: 0, expansion: scene.expansion, now: .start)
            }
            await expectBroken("the progress of a batch") {
                try await store.abandon(
                    batch.id, revision: 0, because: .mediaUnreachable, reason: nil, expansion: scene.expansion,
                    now: .start)
            }
            await expectBroken("the progress of a batch") {
                _ = try await store.expire(limit: 10, now: .start + .seconds(30 * 86400))
            }
            await expectBroken("the progress of a batch") {
                try await store.parts.withdraw(batch.id, after: "", now: .start)
            }
        }
    }

    @Test("a batch of an app that cannot be read holds up no other's, and is reported when it is alone")
    func appBatch() async throws {
        try await withStore { store, scene in
            var ids: [AppBatch.ID] = []
            for name in ["a1", "a2"] {
                let batch = AppBatch(
                    id: scene.id(), owner: .app(name, project: "p1"), createdAt: .start, sendAfter: .start,
                    isLater: false, recipientCount: 1, phase: .ready, metadata: "", keys: [])
                _ = try await store.insert(batch, request: [], notices: [], keeping: nil, limits: QueueLimits())
                ids.append(batch.id)
            }
            try await spoil(store, "UPDATE app_batch SET keys = 'none' WHERE id = '\(ids[0])'")
            #expect(try await store.dueAppBatches(limit: 9, now: .start).batches.map(\.id) == [ids[1]])

            try await spoil(store, "UPDATE app_batch SET keys = 'none'")
            let failure = await #expect(throws: StoreFailure.self) {
                try await store.dueAppBatches(limit: 9, now: .start)
            }
            #expect(failure?.isBroken == true)
        }
    }

    @Test("an outcome that no claim has is refused, and the message stays claimed")
    func outcome() async throws {
        try await withStore { store, scene in
            let batch = try await scene.due(to: ["12025550101"])
            let claim = try await scene.claim()

            await expectBroken("a message cannot be withdrawn when it is submitting") {
                try await store.record(SubmissionResult(.withdrawn), of: claim, now: .start)
            }

            #expect(try await scene.message(in: batch).state == .submitting)
        }
    }

    @Test("messages that wait for MMSCs without a name hold up no others, and are reported")
    func carriers() async throws {
        try await withStore { store, scene in
            try await scene.due(to: ["12025550101"])
            try await spoil(store, "UPDATE message SET carriers = ' '")
            try await scene.due(to: ["12025550102"])

            #expect(try await scene.claims().map(\.first.recipient.digits) == ["12025550102"])
            await expectBroken("the carriers of messages that wait") { _ = try await store.waitingCarriers() }
        }
    }

    @Test("a cancelled batch that cannot be withdrawn keeps no claim from its end")
    func withdrawalAndLeases() async throws {
        try await withStore { store, scene in
            let claimed = try await scene.due(to: ["12025550101"])
            _ = try await scene.claim()
            let other = try await scene.inserted(to: ["12025550102"])
            try await spoil(store, "DELETE FROM batch_progress WHERE batch = '\(other.id)'")
            await expectBroken("the progress of a batch") {
                try await store.parts.withdraw(other.id, after: "", now: .start)
            }

            await expectBroken("the progress of a batch") {
                _ = try await store.endLeases(except: [], now: .start + .seconds(3600))
            }

            #expect(try await scene.message(in: claimed).state == .inDoubt)
        }
    }

    @Test("a cancelled batch that cannot be withdrawn keeps no gateway from starting, and is reported afterwards")
    func withdrawalAtStart() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let before = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let batch = try await Scene(store: before, signals: signals).inserted(to: ["12025550101"])
            try await spoil(before, "DELETE FROM batch_progress; INSERT INTO withdrawal VALUES ('\(batch.id)')")
            await before.close()

            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)

            await expectBroken("the progress of a batch") { _ = try await store.endLeases(except: [], now: .start) }
            await store.close()
        }
    }

    @Test("an event of a message that nobody has holds up no other, and is reported once it is alone")
    func event() async throws {
        try await withStore { store, scene in
            for text in ["lost", "found"] { try await receive(text, in: scene) }
            try await spoil(store, "UPDATE inbound SET owner = NULL WHERE text = 'lost'")

            let claims = try await scene.events()
            #expect(claims.count == 1)
            for claim in claims { try await store.record(.heard, of: claim.id, now: .start) }

            await expectBroken("an event of an inbound message that nobody has") {
                _ = try await scene.events(now: .start + .seconds(61))
            }
        }
    }

    private func receive(_ text: String, in scene: Scene) async throws {
        let inbound = Inbound(
            id: scene.id(), owner: Scene.owner, from: "12025550101", to: "54321", receivedAt: .start, text: text)
        _ = try await scene.store.receive(
            InboundDelivery(
                linkedID: nil, transactionID: text,
                copies: [.init(inbound, notifiesOwner: true, uploadToken: nil)]),
            from: "north", now: .start)
    }

    @Test("a medium that a batch names and nobody fetched is not taken for one that it does not need")
    func medium() async throws {
        try await withStore { store, scene in
            let batch = try await scene.inserted(to: ["12025550101"])
            try await spoil(store, "UPDATE batch_progress SET media_count = 2")

            await expectBroken("a batch has a medium less than it names") {
                try await store.recordMedia(
                    nil, number: 0, for: batch.id, revision: 0, expansion: scene.expansion, now: .start)
            }
        }
    }
}
