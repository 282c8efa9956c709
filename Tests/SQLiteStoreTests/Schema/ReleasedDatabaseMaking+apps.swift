import Foundation
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

/// What the second schema keeps.
extension ReleasedDatabaseMaking {
    static let key = AppBatch.Key(name: "campaign", value: "spring")

    func apps(_ scene: Scene, in database: SQLiteStore) async throws {
        let store = scene.store
        let app = StoredApp(id: "A1", project: Scene.project, createdAt: .start, text: "{\"id\":\"A1\"}")
        let webhook = StoredWebhook(
            id: "W1", project: Scene.project, app: "A1", createdAt: .start, text: "{\"id\":\"W1\"}")
        _ = try await store.put(app, keeping: nil)
        _ = try await store.put(webhook, keeping: nil)
        try await messages(scene, in: database)
        try await batches(scene)
    }

    /// A message to a contact that is being merged into another and offers something to answer with, and two from handsets: one
    /// that is read, and one that is still to be.
    private func messages(_ scene: Scene, in database: SQLiteStore) async throws {
        let store = scene.store
        let (ann, other) = (contact(scene, "12025550104"), contact(scene, "12025550105"))
        let notice = Notice("CONTACT_CREATE", text: "{}", of: Scene.app)
        _ = try await store.insert([ann, other], notices: [notice], keeping: nil, now: .start)
        let conversation = StoredConversation(
            id: scene.id(), owner: Scene.app, contact: ann.id, channel: "MMS", lastUsed: .start, text: "{}")
        _ = try await store.insert(conversation, notices: [], keeping: nil, now: .start)
        _ = try await store.insert(
            [scene.send(to: "12025550105", contact: other.id, isUrgent: true, isOffer: true)], keeping: nil,
            limits: QueueLimits())
        var merged = ann
        merged.identities += other.identities
        _ = try await store.merge(other, into: merged, notices: [], keeping: nil, now: .start)
        try await database.writer.write { (transaction) throws(SQLError) in
            try transaction.sqlite.execute(
                """
                INSERT INTO contact_move VALUES ('\(other.id)', '\(ann.id)');
                UPDATE app_message SET contact = '\(other.id)';
                """, doing: "testing")
        }

        let read = try await scene.unread(from: "12025550104")
        let entry = scene.entry(of: read, contact: ann.id, conversation: conversation.id)
        let reading = InboundReading(echo: Echo("read"), entries: [entry], targets: ["webhook1"])
        _ = try await store.record(reading, of: read.id, now: .start)
        _ = try await scene.unread(from: "12025550105")
    }

    private func contact(_ scene: Scene, _ number: String) -> StoredContact {
        StoredContact(
            id: scene.id(), project: Scene.project,
            identities: [ContactIdentity(channel: "MMS", identity: number)], externalID: "external-\(number)",
            text: "{}")
    }

    /// One that is to be sent later.
    private func batches(_ scene: Scene) async throws {
        let batch = AppBatch(
            id: scene.id(), owner: Scene.app, createdAt: .start, sendAfter: .start + .seconds(3600), isLater: true,
            recipientCount: 2, phase: .scheduled, metadata: "{}", keys: [Self.key])
        _ = try await scene.store.insert(
            batch, request: Array("asked".utf8), notices: [], keeping: nil, limits: QueueLimits())
    }
}
