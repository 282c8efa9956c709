import Doubles
import Foundation
import GatewayCore
import Synchronization
import Testing

@testable import SQLiteStore

@Suite("What a customer has made large is done in slices")
struct SliceTests {
    private static let members = 2_500

    private func withBatch(
        interest: Interest = [], _ body: (SQLiteStore, Scene, Batch, String) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)
            let group = Group(id: scene.id(), owner: Scene.owner, createdAt: .start)
            let numbers = (0..<Self.members).compactMap { MSISDN("1202\(5_550_000 + $0)") }
            _ = try await store.insert(group, members: numbers, keeping: nil)
            var submittal = try scene.submittal(to: [], interest: interest)
            submittal.order.recipients = [group.id.description]
            let (batch, messages) = submittal.accepted(now: .start, expansion: scene.expansion)
            let before = store.commitCount
            _ = try await store.insert(
                batch, messages: messages, expansion: scene.expansion, keeping: nil, queueLimit: nil)
            #expect(store.commitCount - before >= 3, "others' work has its turn between")
            try await body(store, scene, batch, folder)
            await store.close()
        }
    }

    private func counts(of batch: Batch, in store: SQLiteStore) async throws -> [MessageState: Int] {
        let tallies = try await store.tallies(of: batch.id, withRecipients: false)
        return Dictionary(tallies.map { ($0.state, $0.count) }, uniquingKeysWith: +)
    }

    @Test("members of groups become messages, and these due, each once")
    func sent() async throws {
        try await withBatch { store, scene, batch, _ in
            #expect(try await counts(of: batch, in: store) == [.queued: Self.members])
            #expect(store.waitingCount == Self.members)

            let before = store.commitCount
            try await store.recordMedia(
                Scene.picture, number: 0, for: batch.id, revision: 0, expansion: scene.expansion, now: .start)

            #expect(store.commitCount - before >= 3)
            #expect(try await scene.claims(limit: 5000).count == Self.members)
            #expect(try await store.batchesWithoutMedia(limit: 9, now: .start, except: []).isEmpty)
        }
    }

    @Test("a batch of which some messages are due is asked for again, and made ready even if its media is gone by then")
    func interrupted() async throws {
        try await withBatch { store, scene, batch, _ in
            let expansion = scene.expansion
            _ = try await store.writer.write { (transaction) throws(SQLiteError) in
                try transaction.record(
                    Scene.picture, number: 0, for: batch.id, revision: 0, expansion: expansion, from: .beginning,
                    now: .start)
            }
            #expect(try await scene.claims(limit: 5000).count == MessageSlice.size)
            #expect(try await store.content(of: batch.id)?.1 == [Scene.picture])
            #expect(try await store.batchesWithoutMedia(limit: 9, now: .start, except: []).map(\.batch) == [batch.id])

            try await store.abandon(
                batch.id, revision: 0, because: .mediaUnreachable, reason: nil, expansion: scene.expansion, now: .start)

            #expect(try await scene.claims(limit: 5000).count == Self.members - MessageSlice.size)
            #expect(try await store.batchesWithoutMedia(limit: 9, now: .start, except: []).isEmpty)
        }
    }

    @Test("bad media ends each message once, and the batch at the last of them")
    func abandoned() async throws {
        try await withBatch(interest: .endSummary) { store, scene, batch, _ in
            try await store.abandon(
                batch.id, revision: 0, because: .mediaUnreachable, reason: nil, expansion: scene.expansion, now: .start)

            #expect(try await counts(of: batch, in: store) == [.aborted(.mediaUnreachable): Self.members])
            #expect(store.waitingCount == 0)
            #expect(try await scene.toldStates() == [nil])
        }
    }

    @Test("a cancellation that the end of the process cuts off goes on at the start")
    func cancelled() async throws {
        try await withBatch(interest: .endSummary) { store, scene, batch, folder in
            let rest = try await store.writer.write { (transaction) throws(SQLiteError) in
                try transaction.cancel(batch.id, of: Scene.owner, now: .start).rest
            }
            #expect(rest != nil)
            #expect(try await counts(of: batch, in: store)[.cancelled] == MessageSlice.size)
            await store.close()

            let reopened = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            #expect(try await counts(of: batch, in: reopened) == [.cancelled: Self.members])
            #expect(reopened.waitingCount == 0)
            let after = Scene(store: reopened, signals: WorkSignals())
            #expect(try await after.toldStates() == [nil], "the end is told once")
            let again = try await reopened.cancel(batch.id, of: Scene.owner, now: .start)
            #expect(again?.batch.isCanceled == true)
            await reopened.close()
        }
    }

    @Test("of several cancellations that a failure interrupted each goes on, also where another fails again")
    func interruptedCancellations() async throws {
        FailingDisk.install()
        try await withBatch { store, scene, first, folder in
            var submittal = try scene.submittal(to: [])
            submittal.order.recipients = first.order.recipients
            let (second, messages) = submittal.accepted(now: .start, expansion: scene.expansion)
            _ = try await store.insert(
                second, messages: messages, expansion: scene.expansion, keeping: nil, queueLimit: nil)
            for batch in [first, second] {
                _ = try await store.writer.write { (transaction) throws(SQLiteError) in
                    try transaction.cancel(batch.id, of: Scene.owner, now: .start).rest
                }
                store.interrupted.withLock { _ = $0.insert(batch.id) }
            }

            FailingDisk.fail(1, in: folder)
            await #expect(throws: StoreFailure.self) { try await store.endLeases(except: [], now: .start) }
            FailingDisk.fail(0, in: folder)
            _ = try await store.endLeases(except: [], now: .start)

            #expect(try await counts(of: first, in: store) == [.cancelled: Self.members])
            #expect(try await counts(of: second, in: store) == [.cancelled: Self.members])
            let rest = store.interrupted.withLock { $0 }
            #expect(rest == [])
        }
    }

    @Test("groups whose members a stop cut off are begun again and counted with those that are there")
    func begunAgain() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)
            let group = Group(id: scene.id(), owner: Scene.owner, createdAt: .start)
            let numbers = (0..<1_800).compactMap { MSISDN("1202\(5_550_000 + $0)") }
            _ = try await store.insert(group, members: numbers, keeping: nil)
            var submittal = try scene.submittal(to: [])
            submittal.order.recipients = [group.id.description]
            let expansion = Expansion(routes: Scene.routes, ids: ULIDGenerator(), limit: 1_500)
            let (batch, messages) = submittal.accepted(now: .start, expansion: expansion)
            let columns = try WrittenBatch(batch)
            _ = try await store.writer.write { (transaction) throws(SQLiteError) in
                try transaction.insert(
                    columns, messages: messages, expansion: expansion, keeping: nil, queueLimit: nil
                ).1
            }
            #expect(try await counts(of: batch, in: store) == [.queued: MessageSlice.size])

            try await store.recordMedia(
                Scene.picture, number: 0, for: batch.id, revision: 0, expansion: expansion, now: .start)

            #expect(try await counts(of: batch, in: store) == [.queued: 1_500])
            await store.close()
        }
    }

    @Test("an MMSC that names all messages alike has them taken back in several claims")
    func namedAlike() async throws {
        try await withBatch { store, scene, batch, _ in
            try await store.writer.write { (transaction) throws(SQLiteError) in
                try transaction.connection.execute(
                    """
                    UPDATE message
                    SET state = 'submitted', mmsc = 'north', message_id = '0', attempts = 1, cancel_due_at = \(Date.start.milliseconds)
                    """, doing: "testing")
            }

            let claims = try await store.claimCancellations(
                at: "north", limit: 9, now: .start, leaseUntil: .start + .seconds(60))

            #expect(claims.map(\.messages.count) == [1_000])
            try await store.record(.withdrawn, of: claims[0], now: .start)
            let next = try await store.claimCancellations(
                at: "north", limit: 9, now: .start, leaseUntil: .start + .seconds(60))
            #expect(next.map(\.messages.count) == [1_000])
            #expect(Set(next[0].messages).isDisjoint(with: claims[0].messages))
        }
    }

    @Test("a slice for a batch that was replaced meanwhile adds nobody, and keeps nobody out")
    func outdated() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)
            let groups = [scene.id(), scene.id()].map { Group(id: $0, owner: Scene.owner, createdAt: .start) }
            let numbers = (0..<1_500).compactMap { MSISDN("1202\(5_550_000 + $0)") }
            for group in groups { _ = try await store.insert(group, members: numbers, keeping: nil) }
            var submittal = try scene.submittal(to: [])
            submittal.order.recipients = [groups[1].id.description]
            let (batch, messages) = submittal.accepted(now: .start, expansion: scene.expansion)
            var replacement = batch
            replacement.order.recipients = [groups[0].id.description]
            let (columns, others) = (try WrittenBatch(batch), try WrittenBatch(replacement))
            let expansion = scene.expansion

            let (outdated, current) = try await store.writer.write { (transaction) throws(SQLiteError) in
                (
                    try transaction.insert(
                        columns, messages: messages, expansion: expansion, keeping: nil, queueLimit: nil
                    ).1,
                    try transaction.replace(
                        others, messages: [], expansion: expansion, keeping: nil, now: .start, queueLimit: nil
                    ).1
                )
            }
            #expect(outdated != nil && current != nil)
            await store.addMembers(of: batch.id, revision: 0, from: outdated, by: expansion, now: .start)
            await store.addMembers(of: batch.id, revision: 1, from: current, by: expansion, now: .start)

            #expect(try await counts(of: batch, in: store) == [.queued: numbers.count])
            await store.close()
        }
    }

    @Test("a withdrawal that begins anew asks for nothing a second time")
    func askedOnce() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)
            let batch = try await scene.submitted()
            _ = try await store.cancel(batch.id, of: Scene.owner, now: .start)
            let claim = try #require(
                try await store.claimCancellations(
                    at: "north", limit: 1, now: .start, leaseUntil: .start + .seconds(60)
                ).first)
            try await store.record(.stays, of: claim, now: .start)

            try await store.withdraw(batch.id, after: "", now: .start)

            let again = try await store.claimCancellations(
                at: "north", limit: 1, now: .start, leaseUntil: .start + .seconds(60))
            #expect(again == [])
            await store.close()
        }
    }

    @Test("once its groups are thousands of messages a batch can be cancelled and not replaced")
    func replaced() async throws {
        try await withBatch { store, scene, batch, _ in
            let result = try await store.replace(
                batch, messages: [], expansion: scene.expansion, now: .start, queueLimit: nil)

            #expect(result == .dispatched)
            _ = try await store.cancel(batch.id, of: Scene.owner, now: .start)
            #expect(try await counts(of: batch, in: store) == [.cancelled: Self.members])
        }
    }

    @Test("feedback on all of a batch reaches its last message")
    func feedback() async throws {
        try await withBatch { store, _, batch, _ in
            let before = store.commitCount
            #expect(try await store.recordFeedback(on: batch.id, from: [], now: .start) == 0)

            #expect(store.commitCount - before >= 3)
            let noted = try await store.writer.write { (transaction) throws(SQLiteError) in
                try transaction.connection.value(of: "SELECT count(*) FROM message WHERE feedback_at IS NOT NULL")
            }
            #expect(noted == "\(Self.members)")
        }
    }
}
