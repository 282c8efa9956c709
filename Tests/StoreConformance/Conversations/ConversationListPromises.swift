import Doubles
import Foundation
import GatewayCore
import Testing

/// A store lists conversations.
enum ConversationListPromises {
    static let all = Promise.list("A store lists conversations") {
        Promise("in the order of their ids, a part at a time, those of the project") { scene in
            let all = try await scene.several()

            #expect(try await scene.conversations(limit: 2).map(\.id) == Array(all[0...1]))
            #expect(try await scene.conversations(after: all[1], limit: 2).map(\.id) == Array(all[2...3]))
            #expect(try await scene.conversations(after: all[3]).map(\.id) == [all[4]])
            #expect(try await scene.conversations(after: all[4]).isEmpty)
            #expect(try await scene.conversations(limit: 0).isEmpty)
            #expect(try await scene.conversations(of: "p2").isEmpty)
        }
        Promise("of an app, a contact, a channel, or only the active ones, and counts them up to a limit") { scene in
            let all = try await scene.several()
            let ann = try #require(try await scene.contacts().first)
            let filters: [(ConversationFilter, [Int])] = [
                (ConversationFilter(), [0, 1, 2, 3, 4]), (ConversationFilter(app: "a1"), [0, 1, 3]),
                (ConversationFilter(app: "a1", isActiveOnly: true), [0, 3]),
                (ConversationFilter(contact: ann.id), [0, 1, 2]),
                (ConversationFilter(app: "a1", contact: ann.id), [0, 1]),
                (ConversationFilter(contact: ann.id, isActiveOnly: true), [0, 2]),
                (ConversationFilter(isActiveOnly: true), [0, 2, 3]),
                (ConversationFilter(channel: "SMS"), [3]), (ConversationFilter(app: "a2", channel: "SMS"), []),
                (ConversationFilter(app: "a9"), []), (ConversationFilter(contact: scene.id()), []),
            ]
            for (filter, expected) in filters {
                let ids = expected.map { all[$0] }
                #expect(try await scene.conversations(filter).map(\.id) == ids, "\(filter)")
                let count = try await scene.store.countConversations(of: "p1", matching: filter, upTo: 9)
                #expect(count == ids.count, "\(filter)")
                let byUse = try await scene.recent(filter)
                #expect(byUse.elements.map(\.id) == ids, "\(filter)")
                #expect(byUse.next == nil)
            }
            #expect(try await scene.store.countConversations(of: "p1", matching: ConversationFilter(), upTo: 2) == 2)
            #expect(try await scene.store.countConversations(of: "p2", matching: ConversationFilter(), upTo: 9) == 0)
        }
        Promise("in the order of their last use, from either end, a part at a time") { scene in
            let all = try await scene.several()
            for (app, ofApp) in [(nil, all), ("a1", [all[0], all[1], all[3]])] as [(String?, [ULID])] {
                for isDescending in [true, false] {
                    var (ids, cursor): ([StoredConversation.ID], ListCursor?) = ([], nil)
                    repeat {
                        let slice = try await scene.recent(
                            ConversationFilter(app: app), after: cursor, limit: 2, isDescending: isDescending)
                        #expect(slice.elements.count <= 2)
                        ids += slice.elements.map(\.id)
                        cursor = slice.next
                    } while cursor != nil
                    #expect(ids == (isDescending ? ofApp : ofApp.reversed()))
                }
            }
        }
        Promise("those last used at one moment in the order of their ids") { scene in
            let contact = scene.contact(.mms("1"))
            try await scene.keep(contact)
            let all = (0..<3).map { _ in scene.conversation(with: contact, isActive: false) }
            for conversation in all { try await scene.keep(conversation) }

            let first = try await scene.recent(limit: 2, isDescending: false)
            let second = try await scene.recent(after: first.next, limit: 2, isDescending: false)

            #expect(first.elements + second.elements == all)
            #expect(second.next == nil)
            #expect(try await scene.recent(limit: 0).elements.isEmpty)
            let exact = try await scene.recent(limit: 3)
            #expect(exact.elements == all.reversed() && exact.next == nil)
        }
    }
}

extension Scene {
    /// Five conversations of the project, each used before the one before it, and one of another project; their ids.
    fileprivate func several() async throws -> [StoredConversation.ID] {
        let (ann, bob) = (contact(.mms("1")), contact(.mms("2")))
        let foreign = contact(.mms("1"), of: "p3")
        try await keep(ann, bob)
        try await keep(foreign)
        let all = [
            conversation(with: ann, usedAt: 50), conversation(with: ann, isActive: false, usedAt: 40),
            conversation(of: .otherApp, with: ann, usedAt: 30), conversation(with: bob, channel: "SMS", usedAt: 20),
            conversation(of: .otherApp, with: bob, isActive: false, usedAt: 10),
        ]
        for conversation in all { try await keep(conversation) }
        try await keep(conversation(of: .app("a1", project: "p3"), with: foreign))
        return all.map(\.id)
    }

    fileprivate func recent(
        _ filter: ConversationFilter = ConversationFilter(), after cursor: ListCursor? = nil, limit: Int = 9,
        isDescending: Bool = true
    ) async throws -> ListSlice<StoredConversation> {
        try await store.recentConversations(
            of: "p1", matching: filter, after: cursor, limit: limit, isDescending: isDescending)
    }
}
