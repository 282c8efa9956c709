import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import SQLStore
import SQLiteStore
import Testing

@testable import ConversationAPI

@Suite("Lists of conversations")
struct ConversationListTests {
    private let face = Face()

    @Test("conversations are listed by app or contact, and counted")
    func filters() async throws {
        let ann = try await face.contact()
        let bob = try await face.contact(["channel_identities": [Face.identity("12025550118")]])
        let first = try await face.conversation(with: ann, ["active": false])
        let second = try await face.conversation(with: ann)
        let third = try await face.conversation(with: bob, ["active_channel": "SMS"])
        let fourth = try await face.conversation(with: bob, ["app_id": .string(Face.curiousApp)])

        func found(_ query: String) async throws -> [String] {
            let list = try await face.call(.get, "conversations?\(query)").json
            let ids = list["conversations"]?.elements.map(\.id) ?? []
            #expect(list["total_size"] == .number("\(ids.count)"))
            return ids
        }

        #expect(try await found("app_id=\(Bakery.app)") == [first.id, second.id, third.id])
        #expect(try await found("app_id=\(Bakery.app)&only_active=true") == [second.id, third.id])
        #expect(try await found("app_id=\(Bakery.app)&active_channel=SMS") == [third.id])
        #expect(try await found("contact_id=\(bob.id)") == [third.id, fourth.id])
        #expect(try await found("contact_id=\(bob.id)&app_id=\(Face.curiousApp)") == [fourth.id])
        #expect(try await found("contact_id=\(Face.nobody)") == [])
        #expect(try await found("contact_id=x") == [])
        #expect(try await found("app_id=\(Face.nobody)") == [])
    }

    @Test("every conversation is on one page, and the whole is counted on each")
    func pages() async throws {
        let made = try await conversations(5)

        let first = try await face.call(.get, "conversations?app_id=\(Bakery.app)&page_size=3").json
        let token = first.word("next_page_token")
        let second = try await face.call(
            .get, "conversations?app_id=\(Bakery.app)&page_size=3&page_token=\(token)"
        ).json

        #expect(first["conversations"]?.elements == Array(made.prefix(3)))
        #expect(second["conversations"]?.elements == Array(made.dropFirst(3)))
        #expect(second.word("next_page_token").isEmpty)
        #expect(first["total_size"] == 5)
        #expect(second["total_size"] == 5)
    }

    @Test("those that were used last come first, or last")
    func recent() async throws {
        let made = try await conversations(4)
        let path = "conversations:recent?app_id=\(Bakery.app)&page_size=3"

        let first = try await face.call(.get, path).json
        let token = first.word("next_page_token")
        let second = try await face.call(.get, "\(path)&page_token=\(token)").json
        let ascending = try await face.call(.get, "\(path)&order=ASC").json

        func shown(_ list: JSONValue) -> [JSONValue?] {
            list["conversations"]?.elements.map { $0["conversation"] } ?? []
        }
        #expect(shown(first) == [made[3], made[2], made[1]])
        #expect(shown(second) == [made[0]])
        #expect(second.word("next_page_token").isEmpty)
        #expect(shown(ascending) == [made[0], made[1], made[2]])
    }

    @Test(
        "a query that cannot be is refused",
        arguments: [
            ("conversations", "'app_id': must be present, or contact_id"),
            ("conversations?app_id=a&page_size=21", "'page_size': must be 0 to 20"),
            ("conversations?app_id=a&page_token=x", "'page_token': is no next_page_token of this list"),
            ("conversations?app_id=a&only_active=perhaps", "'only_active': must be true or false"),
            ("conversations?app_id=a&active_channel=PIGEON", "'active_channel': must be one of MMS, "),
            ("conversations:recent", "'app_id': must be present"),
            ("conversations:recent?contact_id=x", "'app_id': must be present"),
            ("conversations:recent?app_id=a&order=UP", "'order': must be one of DESC, ASC"),
        ])
    func refused(path: String, fault: String) async throws {
        let answer = try await face.call(.get, path)

        #expect(try answer.refusal == "400 INVALID_ARGUMENT")
        #expect(try answer.message.hasPrefix(fault))
    }

    @Test("a token goes on in the list that gave it, and in no other")
    func tokens() async throws {
        let id = try #require(ULID(Face.nobody))

        for list in [PageToken.List.messages, .contacts, .conversations, .recentConversations] {
            let token = PageToken(behind: id, of: list).text
            let plain = try await face.call(.get, "conversations?app_id=a&page_token=\(token)")
            let recent = try await face.call(.get, "conversations:recent?app_id=a&page_token=\(token)")
            #expect(plain.status == (list == .conversations ? .ok : .badRequest))
            #expect(recent.status == (list == .recentConversations ? .ok : .badRequest))
        }
    }

    @Test("a token of a time that is none is refused", arguments: [Int64.min, .max, 1 << 60])
    func hostileToken(milliseconds: Int64) async throws {
        let id = try #require(ULID(Face.nobody))
        let token = PageToken(milliseconds: milliseconds, id: id, of: .recentConversations).text

        let answer = try await face.call(.get, "conversations:recent?app_id=\(Bakery.app)&page_token=\(token)")

        #expect(answer.status == .badRequest)
    }

    /// Each with a contact of its own, made a second after the one before.
    private func conversations(_ count: Int) async throws -> [JSONValue] {
        var made: [JSONValue] = []
        for place in 0..<count {
            let contact = try await face.contact(["channel_identities": [Face.identity("120255501\(10 + place)")]])
            made.append(try await face.conversation(with: contact))
            face.clock.advance(by: .seconds(1))
        }
        return made
    }
}
