import Doubles
import Foundation
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

/// What the third schema keeps: of customers of its own, so that what the first two keep is found as it was.
extension ReleasedDatabaseMaking {
    static let tracedPlan = Owner.servicePlan("plan2")
    static let tracedApp = Owner.app("app2", project: "project2")
    static let trace = Trace(
        requestID: "order-4711", parent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", state: "a=b",
        now: .start)
    static let copiedAt = Date.start + .seconds(90)

    func operation(_ scene: Scene, in database: SQLiteStore) async throws {
        try await traced(scene)
        let ended = try await scene.inserted(to: ["12025550106"], of: Self.tracedPlan)
        _ = try await scene.store.cancel(ended.id, of: Self.tracedPlan, now: .start)
        try await database.writer.write { (transaction) throws(SQLError) in
            try transaction.sqlite.execute(
                """
                INSERT INTO removal VALUES ('\(ended.id)');
                UPDATE call SET follows = 'submit' WHERE event = (SELECT min(event) FROM call);
                UPDATE pulse SET copied_at = \(Self.copiedAt.milliseconds);
                """, doing: "testing")
        }
    }

    /// A batch, a message from a handset, a notice and a batch of an app, each with the request that it comes from.
    private func traced(_ scene: Scene) async throws {
        var submittal = try scene.submittal(to: ["12025550107"], of: Self.tracedPlan, media: [])
        submittal.order.sendAt = .start + .seconds(7200)
        var (batch, messages) = submittal.accepted(now: .start, expansion: scene.expansion)
        batch.trace = Self.trace
        try await scene.store.insert(batch, messages: messages)

        let inbound = Inbound(
            id: scene.id(), owner: Self.tracedPlan, from: "12025550107", to: "54321", receivedAt: .start, text: "hello",
            trace: Self.trace)
        _ = try await scene.store.receive(
            InboundDelivery(linkedID: nil, transactionID: "traced", copies: [.init(inbound, notifiesOwner: true)]),
            from: "north", now: .start)

        let contact = StoredContact(
            id: scene.id(), project: "project2",
            identities: [ContactIdentity(channel: "MMS", identity: "12025550107")], text: "{}")
        let notice = Notice("CONTACT_CREATE", text: "{}", of: Self.tracedApp, trace: Self.trace)
        _ = try await scene.store.insert([contact], notices: [notice], keeping: nil, now: .start)

        let appBatch = AppBatch(
            id: scene.id(), owner: Self.tracedApp, createdAt: .start, sendAfter: .start + .seconds(7200), isLater: true,
            recipientCount: 1, phase: .scheduled, metadata: "{}", keys: [], trace: Self.trace)
        _ = try await scene.store.insert(
            appBatch, request: Array("asked".utf8), notices: [], keeping: nil, limits: QueueLimits())
    }
}
