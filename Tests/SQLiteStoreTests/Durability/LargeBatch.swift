import Foundation
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

/// A batch for a group with so many members that its messages are made in slices.
enum LargeBatch {
    static let members = 2_500

    /// A store with such a batch, its folder, and all its messages made.
    static func withStore(
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

    /// The batch's messages by their state.
    static func counts(of batch: Batch, in store: SQLiteStore) async throws -> [MessageState: Int] {
        let tallies = try await store.tallies(of: batch.id, withRecipients: false)
        return Dictionary(tallies.map { ($0.state, $0.count) }, uniquingKeysWith: +)
    }
}
