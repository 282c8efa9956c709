import Doubles
import Foundation
import GatewayCore
import Testing

/// A store keeps the contacts of projects.
enum ContactPromises {
    static let all = Promise.list("A store keeps contacts") {
        Promise("one is read as it was given, by its own project alone") { scene in
            let contact = scene.contact(.sms("12025550101"), .mms("12025550101"), externalID: "ann")
            try await scene.keep(contact)

            #expect(try await scene.kept(contact) == contact)
            #expect(try await scene.store.contact(contact.id, of: "p2") == nil)
            #expect(try await scene.store.contact(scene.id(), of: "p1") == nil)
            #expect(try await scene.contacts(of: "p2") == [])
        }
        Promise("a list is in the order of ids, and goes on behind the last one") { scene in
            var all: [StoredContact] = []
            for number in 0..<5 { all.append(scene.contact(.mms("1202555010\(number)"))) }
            for contact in all.reversed() { try await scene.keep(contact) }
            try await scene.keep(scene.contact(.mms("12025550100"), of: "p2"))

            #expect(try await scene.contacts(limit: 2) == Array(all[0...1]))
            #expect(try await scene.contacts(after: all[1].id, limit: 2) == Array(all[2...3]))
            #expect(try await scene.contacts(after: all[3].id, limit: 2) == [all[4]])
            #expect(try await scene.contacts(after: all[4].id) == [])
            #expect(try await scene.contacts(limit: 0) == [])
        }
        Promise("a list has those with an external id, or the one with an identity") { scene in
            let first = scene.contact(.mms("12025550101"), externalID: "ann")
            let second = scene.contact(.mms("12025550102"), .sms("12025550103"), externalID: "ann")
            let other = scene.contact(.mms("12025550103"))
            try await scene.keep(first, second, other)

            #expect(try await scene.contacts(.externalID("ann")) == [first, second])
            #expect(try await scene.contacts(.externalID("ann"), after: first.id) == [second])
            #expect(try await scene.contacts(.externalID("bob")) == [])
            #expect(try await scene.contacts(.identity(.sms("12025550103"))) == [second])
            #expect(try await scene.contacts(.identity(.sms("12025550103")), after: second.id) == [])
            #expect(try await scene.contacts(.identity(.sms("12025550101"))) == [])
            #expect(try await scene.contacts(.identity(.mms("12025550101")), of: "p2") == [])
        }
        Promise("an identity is one contact's of a project, and of another project's too") { scene in
            let ann = scene.contact(.mms("12025550101"))
            try await scene.keep(ann, scene.contact(.mms("12025550101"), of: "p2"))
            let bob = scene.contact(.mms("12025550102"))
            let rival = scene.contact(.sms("12025550101"), .mms("12025550101"))

            let result = try await scene.store.insert(
                [bob, rival], notices: [.called("CONTACT_CREATE")], keeping: scene.answer("k"), now: .start)

            #expect(result == .identityTaken(.mms("12025550101"), by: ann.id))
            #expect(try await scene.contacts() == [ann], "all are kept or none")
            #expect(try await scene.notices() == [])
            #expect(try await scene.store.keptAnswer(to: "k", of: .project("p1"), now: .start) == nil)
        }
        Promise("two new contacts with one identity are refused, and one that names it twice is not") { scene in
            let ann = scene.contact(.mms("12025550101"))
            let bob = scene.contact(.mms("12025550101"))
            let twice = scene.contact(.mms("12025550102"), .mms("12025550102"))

            let result = try await scene.store.insert([ann, bob], notices: [], keeping: nil, now: .start)

            #expect(result == .identityTaken(.mms("12025550101"), by: ann.id))
            try await scene.keep(twice)
            #expect(try await scene.contacts(.identity(.mms("12025550102"))) == [twice])
        }
        Promise("no contacts at all are kept without ado") { scene in
            let nobody: [StoredContact] = []
            let result = try await scene.store.insert(nobody, notices: [], keeping: nil, now: .start)
            #expect(result == .done)
        }
        Promise("of two that are kept at once with one identity, one is") { scene in
            let rivals = (0..<8).map { _ in scene.contact(.mms("12025550101")) }
            let results = try await withThrowingTaskGroup(of: ContactChangeResult.self) { group in
                for rival in rivals {
                    group.addTask { try await scene.store.insert([rival], notices: [], keeping: nil, now: .start) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }

            #expect(results.count { $0 == .done } == 1)
            #expect(try await scene.contacts().count == 1)
        }
        Promise("a repeated request gets the first answer and keeps nothing") { scene in
            let (first, second) = (scene.answer("k", "1"), scene.answer("k", "2"))
            let contact = scene.contact(.mms("12025550101"))
            let notice = Notice.called("CONTACT_CREATE")
            _ = try await scene.store.insert([contact], notices: [notice], keeping: first, now: .start)

            let result = try await scene.store.insert(
                [scene.contact(.mms("12025550102"))], notices: [notice], keeping: second, now: .start)

            #expect(result == .answered(first))
            #expect(try await scene.contacts() == [contact])
            #expect(try await scene.notices() == ["CONTACT_CREATE"])
        }
    }
}
