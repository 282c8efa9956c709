import Doubles
import Foundation
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

@Suite("What a customer has made large is done in slices")
struct SliceTests {
    @Test("members of groups become messages, and these due, each once")
    func sent() async throws {
        try await LargeBatch.withStore { store, scene, batch, _ in
            #expect(try await LargeBatch.counts(of: batch, in: store) == [.queued: LargeBatch.members])
            #expect(store.waitingCount == LargeBatch.members)

            let before = store.commitCount
            try await store.recordMedia(
                Scene.picture, number: 0, for: batch.id, revision: 0, expansion: scene.expansion, now: .start)

            #expect(store.commitCount - before >= 3)
            #expect(try await scene.claims(limit: 5000).count == LargeBatch.members)
            #expect(try await store.batchesWithoutMedia(limit: 9, now: .start, except: []).isEmpty)
        }
    }

    @Test("a batch of which some messages are due is asked for again, and made ready even if its media is gone by then")
    func interrupted() async throws {
        try await LargeBatch.withStore { store, scene, batch, _ in
            let expansion = scene.expansion
            _ = try await store.writer.write { (transaction) throws(SQLError) in
                try transaction.record(
                    Scene.picture, number: 0, for: batch.id, revision: 0, expansion: expansion, from: .beginning,
                    now: .start)
            }
            #expect(try await scene.claims(limit: 5000).count == MessageSlice.size)
            #expect(try await store.content(of: batch.id)?.1 == [Scene.picture])
            #expect(try await store.batchesWithoutMedia(limit: 9, now: .start, except: []).map(\.batch) == [batch.id])

            try await store.abandon(
                batch.id, revision: 0, because: .mediaUnreachable, reason: nil, expansion: scene.expansion, now: .start)

            #expect(try await scene.claims(limit: 5000).count == LargeBatch.members - MessageSlice.size)
            #expect(try await store.batchesWithoutMedia(limit: 9, now: .start, except: []).isEmpty)
        }
    }

    @Test("bad media ends each message once, and the batch at the last of them")
    func abandoned() async throws {
        try await LargeBatch.withStore(interest: .endSummary) { store, scene, batch, _ in
            try await store.abandon(
                batch.id, revision: 0, because: .mediaUnreachable, reason: nil, expansion: scene.expansion, now: .start)

            #expect(
                try await LargeBatch.counts(of: batch, in: store) == [.aborted(.mediaUnreachable): LargeBatch.members])
            #expect(store.waitingCount == 0)
            #expect(try await scene.toldStates() == [nil])
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
            _ = try await store.writer.write { (transaction) throws(SQLError) in
                try transaction.insert(
                    columns, messages: messages, expansion: expansion, keeping: nil, queueLimit: nil
                ).1
            }
            #expect(try await LargeBatch.counts(of: batch, in: store) == [.queued: MessageSlice.size])

            try await store.recordMedia(
                Scene.picture, number: 0, for: batch.id, revision: 0, expansion: expansion, now: .start)

            #expect(try await LargeBatch.counts(of: batch, in: store) == [.queued: 1_500])
            await store.close()
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

            let (outdated, current) = try await store.writer.write { (transaction) throws(SQLError) in
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

            #expect(try await LargeBatch.counts(of: batch, in: store) == [.queued: numbers.count])
            await store.close()
        }
    }

    @Test("feedback on all of a batch reaches its last message")
    func feedback() async throws {
        try await LargeBatch.withStore { store, _, batch, _ in
            let before = store.commitCount
            #expect(try await store.recordFeedback(on: batch.id, from: [], now: .start) == 0)

            #expect(store.commitCount - before >= 3)
            let noted = try await store.writer.write { (transaction) throws(SQLError) in
                try transaction.sqlite.value(of: "SELECT count(*) FROM message WHERE feedback_at IS NOT NULL")
            }
            #expect(noted == "\(LargeBatch.members)")
        }
    }
}
