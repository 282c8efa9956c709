import Doubles
import Foundation
import GatewayCore
import StoreConformance
import Synchronization
import Testing

@testable import SQLStore
@testable import SQLiteStore

@Suite("A large batch is taken back in slices")
struct SlicedWithdrawalTests {
    @Test("a cancellation that the end of the process cuts off goes on at the start")
    func cancelled() async throws {
        try await LargeBatch.withStore(interest: .endSummary) { store, scene, batch, folder in
            let rest = try await store.writer.write { (transaction) throws(SQLError) in
                try transaction.cancel(batch.id, of: Scene.owner, now: .start).rest
            }
            #expect(rest != nil)
            #expect(try await LargeBatch.counts(of: batch, in: store)[.cancelled] == MessageSlice.size)
            await store.close()

            let reopened = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            #expect(try await LargeBatch.counts(of: batch, in: reopened) == [.cancelled: LargeBatch.members])
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
        try await LargeBatch.withStore { store, scene, first, folder in
            var submittal = try scene.submittal(to: [])
            submittal.order.recipients = first.order.recipients
            let (second, messages) = submittal.accepted(now: .start, expansion: scene.expansion)
            _ = try await store.insert(
                second, messages: messages, expansion: scene.expansion, keeping: nil, queueLimit: nil)
            for batch in [first, second] {
                _ = try await store.writer.write { (transaction) throws(SQLError) in
                    try transaction.cancel(batch.id, of: Scene.owner, now: .start).rest
                }
                store.parts.interrupted.withLock { _ = $0.insert(batch.id) }
            }

            FailingDisk.fail(1, in: folder)
            await #expect(throws: StoreFailure.self) { try await store.endLeases(except: [], now: .start) }
            FailingDisk.fail(0, in: folder)
            _ = try await store.endLeases(except: [], now: .start)

            #expect(try await LargeBatch.counts(of: first, in: store) == [.cancelled: LargeBatch.members])
            #expect(try await LargeBatch.counts(of: second, in: store) == [.cancelled: LargeBatch.members])
            let rest = store.parts.interrupted.withLock { $0 }
            #expect(rest == [])
        }
    }

    @Test("an MMSC that names all messages alike has them taken back in several claims")
    func namedAlike() async throws {
        try await LargeBatch.withStore { store, scene, batch, _ in
            try await store.writer.write { (transaction) throws(SQLError) in
                try transaction.sqlite.execute(
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

            try await store.parts.withdraw(batch.id, after: "", now: .start)

            let again = try await store.claimCancellations(
                at: "north", limit: 1, now: .start, leaseUntil: .start + .seconds(60))
            #expect(again == [])
            await store.close()
        }
    }

    @Test("once its groups are thousands of messages a batch can be cancelled and not replaced")
    func replaced() async throws {
        try await LargeBatch.withStore { store, scene, batch, _ in
            let result = try await store.replace(
                batch, messages: [], expansion: scene.expansion, now: .start, queueLimit: nil)

            #expect(result == .dispatched)
            _ = try await store.cancel(batch.id, of: Scene.owner, now: .start)
            #expect(try await LargeBatch.counts(of: batch, in: store) == [.cancelled: LargeBatch.members])
        }
    }
}
