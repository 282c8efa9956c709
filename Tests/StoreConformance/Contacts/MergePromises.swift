import Doubles
import Foundation
import GatewayCore
import Testing

/// A store makes one contact of two.
enum MergePromises {
    static let all = Promise.list("A store merges contacts") {
        Promise("the first has become what was given, the other is gone") { scene in
            var ann = scene.contact(.mms("12025550101"))
            let other = scene.contact(.sms("12025550102"), .mms("12025550103"))
            try await scene.keep(ann, other)
            ann.identities += other.identities
            ann.text = "{\"name\":\"Ann and other\"}"
            let answer = scene.answer("k")

            let result = try await scene.store.merge(
                other, into: ann, notices: [.called("CONTACT_MERGE")], keeping: answer, now: .start)

            #expect(result == .done)
            ann.revision = 1
            #expect(try await scene.contacts() == [ann])
            #expect(try await scene.contacts(.identity(.sms("12025550102"))) == [ann])
            #expect(try await scene.notices() == ["CONTACT_MERGE"])
            #expect(try await scene.store.keptAnswer(to: "k", of: .project("p1"), now: .start) == answer)
            #expect(try await scene.merge(other, into: ann, keeping: scene.answer("k", "2")) == .answered(answer))
        }
        Promise("identities of the other that were not taken over are free") { scene in
            let (ann, other) = (scene.contact(.mms("1")), scene.contact(.sms("2")))
            try await scene.keep(ann, other)

            #expect(try await scene.merge(other, into: ann) == .done)

            try await scene.keep(scene.contact(.sms("2")))
        }
        Promise("the conversations of the other become the first's, and of two active ones the first's stays so") {
            scene in
            let (ann, other) = (scene.contact(.mms("1")), scene.contact(.mms("2")))
            try await scene.keep(ann, other)
            let kept = scene.conversation(with: ann)
            let ended = scene.conversation(with: other)
            let older = scene.conversation(with: other, isActive: false)
            let moved = scene.conversation(of: .otherApp, with: other)
            try await scene.keep(kept, ended, older, moved)

            #expect(try await scene.merge(other, into: ann) == .done)

            let all = try await scene.conversations(ConversationFilter(contact: ann.id))
            #expect(all.map(\.id) == [kept.id, ended.id, older.id, moved.id])
            #expect(all.map(\.isActive) == [true, false, false, true])
            #expect(all.map(\.revision) == [0, 1, 1, 1])
            #expect(try await scene.conversations(ConversationFilter(contact: other.id)) == [])
        }
        Promise("nothing is done where either has changed, is unknown, or is another project's") { scene in
            var (ann, other) = (scene.contact(.mms("1")), scene.contact(.mms("2")))
            let foreign = scene.contact(.mms("1"), of: "p2")
            try await scene.keep(ann, other)
            try await scene.keep(foreign)
            #expect(try await scene.update(other) == .done)

            #expect(try await scene.merge(other, into: ann) == .outdated)
            other.revision = 1
            ann.revision = 7
            #expect(try await scene.merge(other, into: ann) == .outdated)
            ann.revision = 0
            #expect(try await scene.merge(foreign, into: ann) == .noSuchContact)
            #expect(try await scene.merge(scene.contact(.mms("3")), into: ann) == .noSuchContact)
            #expect(try await scene.merge(other, into: scene.contact(.mms("3"))) == .noSuchContact)
            #expect(try await scene.merge(ann, into: ann) == .noSuchContact)

            #expect(try await scene.contacts() == [ann, other])
            #expect(try await scene.kept(foreign) == foreign)
        }
        Promise("the first takes no identity that a third contact has") { scene in
            var (ann, other) = (scene.contact(.mms("1")), scene.contact(.mms("2")))
            let third = scene.contact(.mms("3"))
            try await scene.keep(ann, other, third)
            ann.identities += [.mms("2"), .mms("3")]

            #expect(try await scene.merge(other, into: ann) == .identityTaken(.mms("3"), by: third.id))

            other.text = "{}"
            #expect(try await scene.update(other) == .done)
        }
        Promise("of two merges that meet, one is done") { scene in
            let (ann, other) = (scene.contact(.mms("1")), scene.contact(.mms("2")))
            try await scene.keep(ann, other)

            async let first = scene.merge(other, into: ann)
            async let second = scene.merge(ann, into: other)
            let results = try await [first, second]

            #expect(Set(results.map { "\($0)" }) == ["done", "noSuchContact"])
            #expect(try await scene.contacts().count == 1)
        }
    }
}
