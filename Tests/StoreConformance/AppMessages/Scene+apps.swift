package import Foundation
package import GatewayCore
import Testing

/// An app that sends and receives.
extension Scene {
    package static let project = "project1"
    package static let appID = "app1"
    package static let app = Owner.app(appID, project: project)

    /// A message of an app, and its line in lists.
    package func send(
        to number: String = "12025550101", of owner: Owner = Self.app, from sender: String = "12025550100",
        contact: StoredContact.ID? = nil, conversation: StoredConversation.ID? = nil, isListed: Bool = true,
        isUrgent: Bool = false, siblings: Int = 1, isOffer: Bool = false, failing: MessageState.Failure? = nil,
        media: String? = nil, keptUntil: Date? = nil, at now: Date = .start
    ) throws -> AppSend {
        let order = Order(
            to: [number], from: try #require(Originator(sender)),
            content: Content(text: "hello", media: media.map { [Content.Medium(url: $0, filename: "cat.jpg")] } ?? []),
            expireAt: Order.defaultEnd(sendAt: nil, now: now), interest: [.submitted, .final], echo: Echo("{}"))
        let batch = Batch(order, id: id(), owner: owner, createdAt: now)
        let recipient = try #require(MSISDN(number))
        let message = Message(
            id: id(), batch: batch.id, recipient: recipient, carriers: Self.routes.carriers(for: recipient),
            state: failing.map { .aborted($0) } ?? .queued, changedAt: now)
        let entry = AppMessageEntry(
            id: message.id, owner: owner, direction: .toContact, isOfConversation: conversation != nil,
            identity: ContactIdentity(channel: "MMS", identity: number), contact: contact,
            conversation: conversation, acceptedAt: now, keptUntil: keptUntil, body: .batch(batch.id))
        return AppSend(
            batch, message, entry: isListed ? entry : nil, isUrgent: isUrgent, siblings: siblings, isOffer: isOffer)
    }

    /// The same, taken by the store.
    @discardableResult
    package func taken(_ sends: [AppSend]) async throws -> [AppSend] {
        #expect(try await store.insert(sends, keeping: nil, limits: QueueLimits()) == .inserted)
        return sends
    }

    /// Messages that wait for an MMSC and are due.
    @discardableResult
    package func due(_ sends: [AppSend], now: Date = .start) async throws -> [AppSend] {
        try await taken(sends)
        for send in sends {
            try await store.recordMedia(nil, number: 0, for: send.batch.id, revision: 0, expansion: expansion, now: now)
        }
        return sends
    }

    /// What a handset sent to an app, unread.
    package func unread(
        from number: String = "12025550101", of owner: Owner = Self.app, at now: Date = .start
    ) async throws -> Inbound {
        let inbound = Inbound(
            id: id(), owner: owner, from: number, to: "12025550100", receivedAt: now, text: "Hi")
        _ = try await store.receive(
            InboundDelivery(
                linkedID: nil, transactionID: nil, fingerprint: "\(inbound.id)",
                copies: [.init(inbound, notifiesOwner: false, isUnread: true)]),
            from: "north", now: now)
        return inbound
    }

    /// The line of an inbound message.
    package func entry(
        of inbound: Inbound, number: Int = 0, contact: StoredContact.ID? = nil,
        conversation: StoredConversation.ID? = nil
    ) -> AppMessageEntry {
        AppMessageEntry(
            id: id(), owner: inbound.owner ?? Self.app, direction: .toApp, isOfConversation: conversation != nil,
            identity: ContactIdentity(channel: "MMS", identity: inbound.from), contact: contact,
            conversation: conversation, acceptedAt: inbound.receivedAt, keptUntil: nil,
            body: .inbound(inbound.id, number: number))
    }

    /// The ids of a list, newest first, read in slices.
    package func listed(
        _ filter: AppMessageFilter = AppMessageFilter(), of project: String = Self.project, limit: Int = 100,
        now: Date = .start
    ) async throws -> [ULID] {
        var ids: [ULID] = []
        var cursor: ListCursor?
        repeat {
            let slice = try await store.appMessages(
                of: project, matching: filter, after: cursor, limit: limit, now: now)
            #expect(slice.elements.count <= limit)
            ids += slice.elements.map(\.id)
            cursor = slice.next
        } while cursor != nil
        return ids
    }
}
