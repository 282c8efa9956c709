import CustomerServing
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import SQLStore
import SQLiteStore
import Testing

@testable import ConversationAPI

@Suite("Contacts of the Batch API")
struct BatchContactTests {
    private let face = Face()

    private static func contacts(_ numbers: [String]) -> JSONValue {
        [
            "contacts": .array(
                numbers.map { ["channel_identities": [Face.identity($0)], "language": "EN_US"] })
        ]
    }

    private var names: [String] {
        get async throws {
            try await face.store.contacts(of: Bakery.project, matching: .all, after: nil, limit: 100)
                .flatMap(\.identities).map(\.identity)
        }
    }

    @Test("they are made together, and whoever asks for it hears of each")
    func make() async throws {
        let answer = try await face.batches(.post, "contacts", Self.contacts(["12025550131", "12025550132"]))

        #expect(answer.text == "{}")
        #expect(try await names == ["12025550131", "12025550132"])
        #expect(
            try await face.notices
                == [Bakery.app, Bakery.app, Face.curiousApp, Face.curiousApp].map { "CONTACT_CREATE of \($0)" })
    }

    @Test("where one of them is there already, none is made")
    func taken() async throws {
        try await face.contact()
        _ = try await face.bodies

        let answer = try await face.batches(.post, "contacts", Self.contacts(["12025550131", "12025550117"]))

        #expect(try answer.refusal == "409 ALREADY_EXISTS")
        #expect(try answer.message.contains("contacts[1]"))
        #expect(try await names == ["12025550117"])
        #expect(try await face.notices.isEmpty)
    }

    @Test("they are deleted, and whoever is not there is passed over")
    func delete() async throws {
        let contact = try await face.contact()
        _ = try await face.bodies
        let ids: JSONValue = ["contact_ids": [.string(contact.id), .string(Face.nobody), "no id"]]

        #expect(try await face.batches(.delete, "contacts", ids, project: Face.otherProject).text == "{}")
        #expect(try await names.count == 1)
        #expect(try await face.batches(.delete, "contacts", ids).text == "{}")

        #expect(try await names.isEmpty)
        #expect(try await face.notices == ["CONTACT_DELETE of \(Bakery.app)"])
    }

    @Test("no more are made at once than may be notified of in one commit")
    func notices() async throws {
        var customers = Face.customers
        let listener = try #require(customers.projects[Bakery.project]?.app(Face.curiousApp))
        customers.projects[Bakery.project]?.apps += (0..<4998).map { number in
            var app = listener
            app.id = "app\(number)"
            return app
        }
        face.directory.replace(with: customers)

        let answer = try await face.batches(
            .post, "contacts", Self.contacts(["12025550131", "12025550132", "12025550133"]))

        #expect(try answer.refusal == "400 INVALID_ARGUMENT")
        #expect(try answer.message.contains("at most 2 where 5000 apps"))
        #expect(try await names.isEmpty)
    }

    @Test("what is wrong is refused")
    func refusals() async throws {
        #expect(
            try await face.batches(.post, "contacts", Self.contacts(["12025550131", "12025550131"])).refusal
                == "400 INVALID_ARGUMENT")
        #expect(try await face.batches(.post, "contacts", ["contacts": []]).refusal == "400 INVALID_ARGUMENT")
        #expect(try await face.batches(.delete, "contacts", [:]).refusal == "400 INVALID_ARGUMENT")
        #expect(try await names.isEmpty)
    }
}
