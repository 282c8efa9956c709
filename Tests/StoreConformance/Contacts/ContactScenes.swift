import Foundation
import GatewayCore
import Testing

extension ContactIdentity {
    static func mms(_ number: String) -> ContactIdentity { ContactIdentity(channel: "MMS", identity: number) }
    static func sms(_ number: String) -> ContactIdentity { ContactIdentity(channel: "SMS", identity: number) }
}

extension Notice {
    /// A notice of the app `a1`.
    static func called(_ name: String) -> Notice { Notice(name, text: "{}", of: .app("a1", project: "p1")) }
}

extension Scene {
    /// A contact that is not kept yet.
    func contact(
        _ identities: ContactIdentity..., of project: String = "p1", externalID: String = ""
    ) -> StoredContact {
        StoredContact(
            id: id(), project: project, identities: identities, externalID: externalID, text: "{\"name\":\"Ann\"}")
    }

    /// Keeps new contacts.
    func keep(_ contacts: StoredContact...) async throws {
        try #require(try await store.insert(contacts, notices: [], keeping: nil, now: .start) == .done)
    }

    func update(_ contact: StoredContact) async throws -> ContactChangeResult {
        try await store.update(contact, notices: [], now: .start)
    }

    func merge(
        _ other: StoredContact, into contact: StoredContact, keeping answer: KeptAnswer? = nil
    ) async throws -> ContactChangeResult {
        try await store.merge(other, into: contact, notices: [], keeping: answer, now: .start)
    }

    func contacts(
        _ filter: ContactFilter = .all, of project: String = "p1", after last: StoredContact.ID? = nil, limit: Int = 9
    ) async throws -> [StoredContact] {
        try await store.contacts(of: project, matching: filter, after: last, limit: limit)
    }

    /// The contact as it is kept.
    func kept(_ contact: StoredContact) async throws -> StoredContact? {
        try await store.contact(contact.id, of: contact.project)
    }

    /// The names of the notices that apps are notified of.
    func notices() async throws -> [String] {
        try await heardEvents().compactMap { claim in
            if case .notice(let notice) = claim.event.subject { notice.name } else { nil }
        }
    }
}
