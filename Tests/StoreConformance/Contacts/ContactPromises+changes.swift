import Doubles
import Foundation
import GatewayCore
import Testing

extension ContactPromises {
    static let changes = Promise.list("A store changes contacts") {
        Promise("what it has become is kept, under the next revision") { scene in
            var contact = scene.contact(.mms("12025550101"), externalID: "ann")
            try await scene.keep(contact)
            contact.identities = [.mms("12025550102"), .sms("12025550101")]
            contact.externalID = ""
            contact.text = "{}"

            let result = try await scene.store.update(contact, notices: [.called("CONTACT_UPDATE")], now: .start)

            #expect(result == .done)
            contact.revision = 1
            #expect(try await scene.kept(contact) == contact)
            #expect(try await scene.contacts(.identity(.mms("12025550101"))) == [])
            #expect(try await scene.contacts(.identity(.mms("12025550102"))) == [contact])
            #expect(try await scene.contacts(.externalID("ann")) == [])
            #expect(try await scene.notices() == ["CONTACT_UPDATE"])
        }
        Promise("whoever does not know it as it is now changes nothing") { scene in
            var contact = scene.contact(.mms("12025550101"))
            try await scene.keep(contact)
            contact.text = "first"
            #expect(try await scene.update(contact) == .done)
            contact.text = "second"

            let result = try await scene.store.update(contact, notices: [.called("CONTACT_UPDATE")], now: .start)

            #expect(result == .outdated)
            #expect(try await scene.kept(contact)?.text == "first")
            #expect(try await scene.notices() == [])
        }
        Promise("one that is unknown, or another project's, is not changed") { scene in
            let contact = scene.contact(.mms("12025550101"))
            try await scene.keep(contact)
            let stranger = StoredContact(id: contact.id, project: "p2", identities: [.mms("1")], text: "")

            #expect(try await scene.update(stranger) == .noSuchContact)
            #expect(try await scene.update(scene.contact(.mms("12025550102"))) == .noSuchContact)
            #expect(try await scene.kept(contact) == contact)
        }
        Promise("it takes no identity that another contact has") { scene in
            let ann = scene.contact(.mms("12025550101"))
            var bob = scene.contact(.mms("12025550102"))
            try await scene.keep(ann, bob)
            bob.identities.append(.mms("12025550101"))

            #expect(try await scene.update(bob) == .identityTaken(.mms("12025550101"), by: ann.id))
            #expect(try await scene.kept(bob)?.identities == [.mms("12025550102")])
        }
        Promise("one that is removed is gone, and its identities are free") { scene in
            let contact = scene.contact(.mms("12025550101"))
            try await scene.keep(contact)
            let gone = Notice.called("CONTACT_DELETE")

            #expect(try await !scene.store.removeContact(contact.id, of: "p2", notices: [gone], now: .start))
            #expect(try await !scene.store.removeContact(scene.id(), of: "p1", notices: [gone], now: .start))
            #expect(try await scene.store.removeContact(contact.id, of: "p1", notices: [gone], now: .start))
            #expect(try await !scene.store.removeContact(contact.id, of: "p1", notices: [gone], now: .start))

            #expect(try await scene.kept(contact) == nil)
            #expect(try await scene.notices() == ["CONTACT_DELETE"])
            try await scene.keep(scene.contact(.mms("12025550101")))
        }
    }

    static let conflicts = Promise.list("A store finds identities that several contacts have") {
        Promise("on different channels, in their order, a part at a time") { scene in
            let (a, b, c) = (
                scene.contact(.mms("3"), .sms("1"), .mms("2")), scene.contact(.sms("3"), .mms("1")),
                scene.contact(.sms("2"), ContactIdentity(channel: "RCS", identity: "1"))
            )
            try await scene.keep(a, b, c)
            try await scene.keep(scene.contact(.mms("9"), .sms("9")), scene.contact(.sms("2"), of: "p2"))
            let all = [
                ContactConflict(identity: "1", channels: ["MMS", "RCS", "SMS"], contacts: [a.id, b.id, c.id]),
                ContactConflict(identity: "2", channels: ["MMS", "SMS"], contacts: [a.id, c.id]),
                ContactConflict(identity: "3", channels: ["MMS", "SMS"], contacts: [a.id, b.id]),
            ]

            #expect(try await scene.conflicts() == all)
            #expect(try await scene.conflicts(limit: 2) == Array(all[0...1]))
            #expect(try await scene.conflicts(after: "2") == [all[2]])
            #expect(try await scene.conflicts(after: "3") == [])
            #expect(try await scene.conflicts(limit: 0) == [])
            #expect(try await scene.conflicts(of: "p2") == [])
            #expect(try await scene.conflicts(of: "p3") == [])
        }
        Promise("until one of them changes, is removed, or becomes the other") { scene in
            var (ann, bob) = (scene.contact(.mms("1"), .mms("2"), .mms("3")), scene.contact(.sms("1")))
            let (cay, dan) = (scene.contact(.sms("2")), scene.contact(.sms("3")))
            try await scene.keep(ann, bob, cay, dan)
            #expect(try await scene.conflicts().map(\.identity) == ["1", "2", "3"])

            bob.identities = [.sms("4")]
            #expect(try await scene.update(bob) == .done)
            #expect(try await scene.conflicts().map(\.identity) == ["2", "3"])
            #expect(try await scene.store.removeContact(cay.id, of: "p1", notices: [], now: .start))
            #expect(try await scene.conflicts().map(\.identity) == ["3"])
            ann.identities.append(.sms("3"))
            #expect(try await scene.merge(dan, into: ann) == .done)
            #expect(try await scene.conflicts() == [])
        }
    }
}

extension Scene {
    fileprivate func conflicts(
        of project: String = "p1", after last: String = "", limit: Int = 9
    ) async throws -> [ContactConflict] {
        try await store.contactConflicts(of: project, after: last, limit: limit)
    }
}
