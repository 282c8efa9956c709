import Doubles
import Foundation
import GatewayCore
import Synchronization
import Testing

/// A store finds or makes whom an app speaks with.
enum EngagementPromises {
    static let all = Promise.list("A store engages an app with somebody") {
        Promise("who is new becomes a contact with a conversation, and the app is notified of both") { scene in
            let contact = scene.contact(.mms("1"))
            let result = try await scene.engage(
                scene.engagement(with: .identity(.mms("1")), making: contact) { conversation in
                    var conversation = conversation
                    conversation.text = "changed"
                    return conversation
                })

            let engaged = try #require(result)
            #expect(engaged.contact == contact)
            #expect(try await scene.contacts() == [contact])
            #expect(engaged.conversation.text == "changed" && engaged.conversation.revision == 0)
            #expect(try await scene.conversations() == [engaged.conversation])
            #expect(try await scene.notices() == ["CONTACT_CREATE", "CONVERSATION_START"])
        }
        Promise("who is known is found by an identity or the id, and only a conversation is begun") { scene in
            let known = scene.contact(.sms("1"), .mms("1"))
            try await scene.keep(known)

            let byName = try await scene.engage(
                scene.engagement(with: .identity(.mms("1")), making: scene.contact(.mms("1"))))
            let byID = try await scene.engage(scene.engagement(of: .otherApp, with: .contact(known.id)))

            #expect(byName?.contact == known && byID?.contact == known)
            #expect(try await scene.contacts() == [known])
            #expect(try await scene.conversations().map(\.owner) == [.app, .otherApp])
            #expect(try await scene.notices() == ["CONVERSATION_START", "CONVERSATION_START"])
        }
        Promise("an active conversation goes on, changed, under the next revision") { scene in
            let contact = scene.contact(.mms("1"))
            try await scene.keep(contact)
            let conversation = scene.conversation(with: contact)
            try await scene.keep(conversation)
            let engagement = scene.engagement(with: .contact(contact.id)) { conversation in
                var conversation = conversation
                conversation.lastUsed = conversation.lastUsed + .seconds(1)
                conversation.lastReceived = .start
                return conversation
            }

            let first = try await scene.engage(engagement)
            let second = try await scene.engage(engagement)

            #expect(first?.conversation.id == conversation.id && first?.conversation.revision == 1)
            #expect(second?.conversation.lastUsed == .start + .seconds(2))
            #expect(try await scene.kept(conversation) == second?.conversation)
            #expect(try await scene.notices() == [])
        }
        Promise("a conversation that stays the same keeps its revision") { scene in
            let contact = scene.contact(.mms("1"))
            try await scene.keep(contact)
            let conversation = scene.conversation(with: contact)
            try await scene.keep(conversation)

            let result = try await scene.engage(scene.engagement(with: .contact(contact.id)))

            #expect(result?.conversation == conversation)
            #expect(try await scene.kept(conversation) == conversation)
        }
        Promise("one that ended is left alone, and another is begun") { scene in
            let contact = scene.contact(.mms("1"))
            try await scene.keep(contact)
            let ended = scene.conversation(with: contact, isActive: false)
            try await scene.keep(ended)

            let result = try await scene.engage(scene.engagement(with: .identity(.mms("1"))))

            #expect(result?.conversation.id != ended.id)
            #expect(try await scene.kept(ended) == ended)
            #expect(try await scene.conversations(ConversationFilter(app: "a1", isActiveOnly: true)).count == 1)
        }
        Promise("nobody is engaged by an id that is unknown or another project's, or who is not to be made") { scene in
            let foreign = scene.contact(.mms("1"), of: "p2")
            try await scene.keep(foreign)
            let spare = scene.contact(.mms("1"))

            for peer in [Engagement.Peer.contact(foreign.id), .contact(scene.id())] {
                #expect(try await scene.engage(scene.engagement(with: peer, making: spare)) == nil)
            }
            #expect(try await scene.engage(scene.engagement(with: .identity(.mms("1")))) == nil)

            #expect(try await scene.contacts() == [])
            #expect(try await scene.conversations() == [])
            #expect(try await scene.notices() == [])
        }
        Promise("of many that meet, one makes the contact and begins the conversation, and all change it") { scene in
            let results = try await withThrowingTaskGroup(of: Engagement.Result?.self) { group in
                for _ in 0..<20 {
                    let engagement = scene.engagement(
                        with: .identity(.mms("1")), making: scene.contact(.mms("1"))
                    ) { conversation in
                        var conversation = conversation
                        conversation.lastUsed = conversation.lastUsed + .seconds(1)
                        return conversation
                    }
                    group.addTask { try await scene.engage(engagement) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }

            #expect(Set(results.map(\.?.contact.id)).count == 1)
            #expect(Set(results.map(\.?.conversation.id)).count == 1)
            let conversation = try #require(try await scene.conversations().first)
            #expect(conversation.lastUsed == .start + .seconds(20) && conversation.revision == 19)
            #expect(try await scene.notices() == ["CONTACT_CREATE", "CONVERSATION_START"])
        }
        Promise("its notices are those of the conversation as it was begun") { scene in
            let seen = Mutex<[StoredConversation]>([])
            let engagement = Engagement(
                of: .app, in: "p1", with: .identity(.mms("1")), making: scene.contact(.mms("1")),
                conversation: { [id = scene.id()] contact in
                    StoredConversation(
                        id: id, owner: .app, contact: contact.id, channel: "", lastUsed: .start, text: "new")
                },
                conversationNotices: { conversation in
                    seen.withLock { $0.append(conversation) }
                    return []
                },
                change: { conversation in
                    var conversation = conversation
                    conversation.channel = "MMS"
                    return conversation
                })

            let result = try await scene.engage(engagement)

            #expect(seen.withLock(\.last) == result?.conversation)
            #expect(result?.conversation.channel == "MMS")
        }
    }
}
