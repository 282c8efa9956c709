import GatewayCore
import HTTPTypes
import HummingbirdTesting
import SQLStore
import SQLiteStore
import Testing

@testable import ConversationAPI

@Suite("Lists of contacts")
struct ContactListTests {
    private let face = Face()

    @Test("a project without contacts has an empty list")
    func none() async throws {
        #expect(try await face.call(.get, "contacts").text == #"{"contacts":[],"next_page_token":""}"#)
        #expect(
            try await face.call(.get, "contacts:identityConflicts").text == #"{"conflicts":[],"next_page_token":""}"#)
    }

    @Test("every contact is listed once, also while others are added")
    func pages() async throws {
        var names: [String] = []
        for place in 10..<23 { names.append(try await add(place)) }

        var found: [String] = []
        var token = ""
        var pages = 0
        repeat {
            let page = try await face.call(.get, "contacts?page_size=5&page_token=\(token)").json
            found += page["contacts"]?.elements.map(\.id) ?? []
            token = page.word("next_page_token")
            pages += 1
            if pages < 3 { names.append(try await add(30 + pages)) }
        } while !token.isEmpty && pages < 10

        #expect(found == names)
        #expect(pages == 3)
    }

    @Test("a page that ends with the last contact is the last")
    func lastPage() async throws {
        for place in 10..<20 { _ = try await add(place) }

        let page = try await face.call(.get, "contacts").json

        #expect(page["contacts"]?.elements.count == 10)
        #expect(page.word("next_page_token").isEmpty)
    }

    @Test("contacts are found by the project's name for them, and by what a channel calls them")
    func filters() async throws {
        let named = try await face.contact(["external_id": "shop-5"])
        let other = try await face.contact(["channel_identities": [Face.identity("12025550118", on: .sms)]])

        func found(_ query: String) async throws -> [String] {
            try await face.call(.get, "contacts?\(query)").json["contacts"]?.elements.map(\.id) ?? []
        }

        #expect(try await found("external_id=shop-5") == [named.id])
        #expect(try await found("external_id=shop-6") == [])
        #expect(try await found("channel=SMS&identity=%2B1%20202%20555%200118") == [other.id])
        #expect(try await found("channel=MMS&identity=12025550118") == [])
        #expect(try await found("channel=MMS&identity=12025550117") == [named.id])
    }

    @Test("an identity that contacts have on different channels is a conflict")
    func conflicts() async throws {
        var expected: [JSONValue] = []
        for place in 10..<13 {
            let number = "120255501\(place)"
            let first = try await face.contact(["channel_identities": [Face.identity(number)]])
            let second = try await face.contact(["channel_identities": [Face.identity(number, on: .sms)]])
            expected.append([
                "identity": .string(number), "channels": ["MMS", "SMS"],
                "contact_ids": [.string(first.id), .string(second.id)],
            ])
        }
        _ = try await add(40)

        let first = try await face.call(.get, "contacts:identityConflicts?page_size=2").json
        let token = first.word("next_page_token")
        let second = try await face.call(.get, "contacts:identityConflicts?page_size=2&page_token=\(token)").json

        #expect(first["conflicts"]?.elements == Array(expected.prefix(2)))
        #expect(second["conflicts"]?.elements == [expected[2]])
        #expect(second.word("next_page_token").isEmpty)
    }

    @Test("a contact that cannot be read is left out, and the others are listed")
    func broken() async throws {
        let contact = try await face.contact()
        let id = ULIDGenerator().next(at: Face.now)
        _ = try await face.store.insert(
            [
                StoredContact(
                    id: id, project: Bakery.project,
                    identities: [ContactIdentity(channel: "MMS", identity: "12025550118")], text: "{}")
            ], notices: [], keeping: nil, now: Face.now)

        let list = try await face.call(.get, "contacts")

        #expect(try list.json["contacts"]?.elements == [contact])
        #expect(try await face.call(.get, "contacts/\(id)").refusal == "500 INTERNAL")
    }

    private func add(_ place: Int) async throws -> String {
        try await face.contact(["channel_identities": [Face.identity("120255501\(place)")]]).id
    }
}
