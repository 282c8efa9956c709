import Doubles
import Foundation
import GatewayCore
import Testing

/// What becomes of the messages in lists when contacts and conversations change.
enum ListedMessagePromises {
    static let all = Promise.list("Messages in lists") {
        Promise("leave them with their conversation, and are sent all the same") { scene in
            let contact = scene.contact(.mms("1"))
            try await scene.keep(contact)
            let (gone, other) = (scene.conversation(with: contact), scene.conversation(of: .otherApp, with: contact))
            try await scene.keep(gone, other)
            let sends = try await scene.sent(to: contact, in: gone, gone, other)

            #expect(try await scene.store.removeConversation(gone.id, of: "p1", notices: [], now: .start))

            #expect(try await scene.listed(with: contact) == [sends[2].message.id])
            #expect(scene.store.waitingCount == 3)
        }
        Promise("leave them however many there are") { scene in
            let contact = scene.contact(.mms("1"))
            try await scene.keep(contact)
            let conversation = scene.conversation(with: contact)
            try await scene.keep(conversation)
            let all = Array(repeating: conversation, count: 2_500)
            _ = try await scene.sent(to: contact, in: all)

            #expect(try await scene.store.removeConversation(conversation.id, of: "p1", notices: [], now: .start))

            #expect(try await scene.listed(with: contact) == [])
        }
        Promise("stay where their contact is removed") { scene in
            let contact = scene.contact(.mms("1"))
            try await scene.keep(contact)
            let conversation = scene.conversation(with: contact)
            try await scene.keep(conversation)
            let sends = try await scene.sent(to: contact, in: conversation)

            #expect(try await scene.store.removeContact(contact.id, of: "p1", notices: [], now: .start))

            #expect(try await scene.listed(with: contact) == sends.map(\.message.id))
        }
        Promise("follow their contact into another, however many there are, and from there into a third") { scene in
            let (ann, bob, cay) = (scene.contact(.mms("1")), scene.contact(.mms("2")), scene.contact(.mms("3")))
            try await scene.keep(ann, bob, cay)
            let conversation = scene.conversation(with: ann)
            try await scene.keep(conversation)
            _ = try await scene.sent(to: ann, in: Array(repeating: conversation, count: 2_500))

            #expect(try await scene.merge(ann, into: bob) == .done)
            #expect(try await scene.listed(with: ann) == [])
            #expect(try await scene.listed(with: bob).count == 2_500)
            #expect(try await scene.merge(bob.next, into: cay) == .done)
            #expect(try await scene.listed(with: cay).count == 2_500)
        }
    }
}

extension StoredContact {
    /// As it is after one change.
    fileprivate var next: StoredContact {
        var next = self
        next.revision += 1
        return next
    }
}

extension Scene {
    fileprivate func sent(to contact: StoredContact, in conversations: StoredConversation...) async throws -> [AppSend]
    {
        try await sent(to: contact, in: conversations)
    }

    /// A message in each of the conversations.
    fileprivate func sent(to contact: StoredContact, in conversations: [StoredConversation]) async throws -> [AppSend] {
        let sends = try conversations.map { conversation in
            let send = try send(of: conversation.owner)
            let entry = AppMessageEntry(
                id: send.message.id, owner: conversation.owner, direction: .toContact, isOfConversation: true,
                identity: contact.identities[0], contact: contact.id, conversation: conversation.id,
                acceptedAt: .start, keptUntil: nil, body: .batch(send.batch.id))
            return AppSend(send.batch, send.message, entry: entry)
        }
        try #require(try await store.insert(sends, keeping: nil, limits: QueueLimits()) == .inserted)
        return sends
    }

    fileprivate func listed(with contact: StoredContact) async throws -> [ULID] {
        try await store.appMessages(
            of: "p1", matching: AppMessageFilter(contacts: [contact.id]), after: nil, limit: 5_000, now: .start
        ).elements.map(\.id)
    }
}
