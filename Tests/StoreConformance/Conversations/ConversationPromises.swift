import Doubles
import Foundation
import GatewayCore
import Testing

/// A store keeps the conversations of apps with contacts.
enum ConversationPromises {
    static let all = Promise.list("A store keeps conversations") {
        Promise("one is read as it was given, by its own project alone") { scene in
            let contact = scene.contact(.mms("1"))
            try await scene.keep(contact)
            var conversation = scene.conversation(with: contact)
            conversation.lastReceived = .start + .seconds(-60)

            let result = try await scene.store.insert(
                conversation, notices: [.called("CONVERSATION_START")], keeping: scene.answer("k"), now: .start)

            #expect(result == .done)
            #expect(try await scene.kept(conversation) == conversation)
            #expect(try await scene.store.conversation(conversation.id, of: "p2") == nil)
            #expect(try await scene.store.conversation(scene.id(), of: "p1") == nil)
            #expect(try await scene.notices() == ["CONVERSATION_START"])
            let kept = try await scene.store.keptAnswer(to: "k", of: .project("p1"), now: .start)
            #expect(kept == scene.answer("k"))
        }
        Promise("an app has one active conversation with a contact, and any number of ended ones") { scene in
            let (ann, bob) = (scene.contact(.mms("1")), scene.contact(.mms("2")))
            try await scene.keep(ann, bob)
            let active = scene.conversation(with: ann)
            try await scene.keep(active)

            #expect(try await scene.insert(scene.conversation(with: ann)) == .anotherIsActive(active.id))
            try await scene.keep(
                scene.conversation(with: ann, isActive: false), scene.conversation(with: ann, isActive: false),
                scene.conversation(with: bob), scene.conversation(of: .otherApp, with: ann))
        }
        Promise("none is with a contact that is unknown, or another project's") { scene in
            let foreign = scene.contact(.mms("1"), of: "p2")
            try await scene.keep(foreign)

            #expect(try await scene.insert(scene.conversation(with: foreign)) == .noSuchContact)
            #expect(try await scene.insert(scene.conversation(with: scene.contact(.mms("1")))) == .noSuchContact)
        }
        Promise("what it has become is kept under the next revision, from whoever knows the present one") { scene in
            let contact = scene.contact(.mms("1"))
            try await scene.keep(contact)
            var conversation = scene.conversation(with: contact)
            try await scene.keep(conversation)
            let outdated = conversation
            conversation.isActive = false
            conversation.channel = ""
            conversation.lastReceived = .start
            conversation.lastUsed = .start + .seconds(1)
            conversation.text = "another"

            let stop = Notice.called("CONVERSATION_STOP")
            #expect(try await scene.store.update(conversation, notices: [stop], now: .start) == .done)
            #expect(try await scene.store.update(outdated, notices: [stop], now: .start) == .outdated)

            conversation.revision = 1
            #expect(try await scene.kept(conversation) == conversation)
            #expect(try await scene.notices() == ["CONVERSATION_STOP"])
        }
        Promise("an ended one becomes active again unless another is") { scene in
            let contact = scene.contact(.mms("1"))
            try await scene.keep(contact)
            var (ended, active) = (
                scene.conversation(with: contact, isActive: false), scene.conversation(with: contact)
            )
            try await scene.keep(ended, active)
            ended.isActive = true

            #expect(try await scene.update(ended) == .anotherIsActive(active.id))
            active.isActive = false
            #expect(try await scene.update(active) == .done)
            #expect(try await scene.update(ended) == .done)
        }
        Promise("one that is unknown, or of another app, is not changed") { scene in
            let contact = scene.contact(.mms("1"))
            try await scene.keep(contact)
            let conversation = scene.conversation(with: contact)
            try await scene.keep(conversation)
            for owner in [Owner.otherApp, .app("a1", project: "p2")] {
                let stranger = StoredConversation(
                    id: conversation.id, owner: owner, contact: contact.id, channel: "MMS", lastUsed: .start, text: "")
                #expect(try await scene.update(stranger) == .noSuchConversation)
            }
            #expect(try await scene.update(scene.conversation(with: contact)) == .noSuchConversation)
            #expect(try await scene.kept(conversation) == conversation)
        }
        Promise("one that is removed is gone, by its own project, and a contact takes its conversations with it") {
            scene in
            let contact = scene.contact(.mms("1"))
            try await scene.keep(contact)
            let (first, second) = (scene.conversation(with: contact), scene.conversation(of: .otherApp, with: contact))
            try await scene.keep(first, second)
            let gone = Notice.called("CONVERSATION_DELETE")

            #expect(try await !scene.store.removeConversation(first.id, of: "p2", notices: [gone], now: .start))
            #expect(try await !scene.store.removeConversation(scene.id(), of: "p1", notices: [gone], now: .start))
            #expect(try await scene.store.removeConversation(first.id, of: "p1", notices: [gone], now: .start))
            #expect(try await !scene.store.removeConversation(first.id, of: "p1", notices: [gone], now: .start))

            #expect(try await scene.notices() == ["CONVERSATION_DELETE"])
            #expect(try await scene.conversations() == [second])
            #expect(try await scene.store.removeContact(contact.id, of: "p1", notices: [], now: .start))
            #expect(try await scene.kept(second) == nil)
        }
        Promise("a repeated request gets the first answer and begins nothing") { scene in
            let contact = scene.contact(.mms("1"))
            try await scene.keep(contact)
            let first = scene.answer("k", "1")
            _ = try await scene.store.insert(
                scene.conversation(with: contact), notices: [], keeping: first, now: .start)

            let result = try await scene.store.insert(
                scene.conversation(with: contact, isActive: false), notices: [], keeping: scene.answer("k", "2"),
                now: .start)

            #expect(result == .answered(first))
            #expect(try await scene.conversations().count == 1)
        }
    }
}
