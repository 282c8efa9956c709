import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import SQLStore
import SQLiteStore
import Synchronization
import Testing

@testable import ConversationAPI

@Suite("Changes of the same at the same time")
struct RivalryTests {
    @Test("an update that came too late is decided again on what the other left")
    func again() async throws {
        var face = Face()
        let contact = try await face.contact()
        let rival = Rival(of: face, contact: contact.id, times: 3)
        face.change = { $0.contacts = rival.over($0.contacts) }

        let answer = try await face.call(.patch, "contacts/\(contact.id)", ["email": "ann@bakery.example"])

        #expect(answer.status == .ok)
        #expect(try answer.json["email"] == "ann@bakery.example")
        #expect(try answer.json["display_name"] == "Rival 3")
        #expect(try await face.notices.filter { $0.hasPrefix("CONTACT_UPDATE") }.count == 4)
    }

    @Test("where others are faster each time, the client is to try again later, and nothing was changed")
    func givenUp() async throws {
        var face = Face()
        let contact = try await face.contact()
        let rival = Rival(of: face, contact: contact.id, times: .max)
        face.change = { $0.contacts = rival.over($0.contacts) }

        let answer = try await face.call(.patch, "contacts/\(contact.id)", ["email": "ann@bakery.example"])

        #expect(try answer.refusal == "503 UNAVAILABLE")
        #expect(answer.headers[.retryAfter] == "1")
        face.change = { _ in }
        #expect(try await face.call(.get, "contacts/\(contact.id)").json["email"] == "")
    }

    @Test("changes of different members at once all come about")
    func together() async throws {
        let face = Face()
        let contact = try await face.contact()
        let members: [JSONValue] = [["email": "a@b.example"], ["external_id": "x"], ["metadata": "m"]]

        try await withThrowingTaskGroup(of: HTTPResponse.Status.self) { group in
            for member in members {
                group.addTask { try await face.call(.patch, "contacts/\(contact.id)", member).status }
            }
            for try await status in group { #expect(status == .ok) }
        }

        let changed = try await face.call(.get, "contacts/\(contact.id)").json
        for member in members.flatMap(\.members) { #expect(changed[member.name] == member.value) }
    }
}

/// Changes a contact whenever somebody else is about to.
private final class Rival: Sendable {
    private let face: Face
    private let contact: String
    private let left: Mutex<Int>
    private let made = Mutex(0)

    init(of face: Face, contact: String, times: Int) {
        self.face = face
        self.contact = contact
        left = Mutex(times)
    }

    func over(_ store: any ContactStore) -> any ContactStore { ContestedStore(store: store, rival: self) }

    func change() async throws {
        let isDone = left.withLock { left in
            defer { left = max(left - 1, 0) }
            return left == 0
        }
        guard !isDone else { return }
        let number = made.withLock { made in
            made += 1
            return made
        }
        _ = try await face.call(.patch, "contacts/\(contact)", ["display_name": .string("Rival \(number)")])
    }
}

/// A store in which a rival is always a little faster.
private struct ContestedStore: ContactStore {
    let store: any ContactStore
    let rival: Rival

    func update(
        _ contact: StoredContact, notices: [Notice], now: Date
    ) async throws(StoreFailure) -> ContactChangeResult {
        do { try await rival.change() } catch { throw .broken("\(error)") }
        return try await store.update(contact, notices: notices, now: now)
    }

    func contact(_ id: StoredContact.ID, of project: String) async throws(StoreFailure) -> StoredContact? {
        try await store.contact(id, of: project)
    }

    func contacts(
        of project: String, matching filter: ContactFilter, after last: StoredContact.ID?, limit: Int
    ) async throws(StoreFailure) -> [StoredContact] {
        try await store.contacts(of: project, matching: filter, after: last, limit: limit)
    }

    func contactConflicts(
        of project: String, after last: String, limit: Int
    ) async throws(StoreFailure) -> [ContactConflict] {
        try await store.contactConflicts(of: project, after: last, limit: limit)
    }

    func insert(
        _ contacts: [StoredContact], notices: [Notice], keeping answer: KeptAnswer?, now: Date
    ) async throws(StoreFailure) -> ContactChangeResult {
        try await store.insert(contacts, notices: notices, keeping: answer, now: now)
    }

    func removeContact(
        _ id: StoredContact.ID, of project: String, notices: [Notice], now: Date
    ) async throws(StoreFailure) -> Bool {
        try await store.removeContact(id, of: project, notices: notices, now: now)
    }

    func merge(
        _ other: StoredContact, into contact: StoredContact, notices: [Notice], keeping answer: KeptAnswer?, now: Date
    ) async throws(StoreFailure) -> ContactChangeResult {
        try await store.merge(other, into: contact, notices: notices, keeping: answer, now: now)
    }
}
