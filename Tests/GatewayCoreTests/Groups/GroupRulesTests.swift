import Foundation
import GatewayCore
import Testing

@Suite("What a group may be")
struct GroupRulesTests {
    private func group(name: String? = "friends", size: Int = 0, children: [Group.ID] = []) -> Group {
        Group(id: .number(1), owner: .servicePlan("plan"), name: name, size: size, children: children, createdAt: .noon)
    }

    private func numbers(_ range: Range<Int>) -> [MSISDN] {
        range.map { MSISDN(storedDigits: "\(12_025_550_000 + $0)") }
    }

    @Test("a change sets, takes away or keeps the name, and notes the time")
    func names() {
        var change = GroupChange()
        #expect(group().applying(change, now: .noon + 60).name == "friends")
        #expect(group().applying(change, now: .noon + 60).modifiedAt == .noon + 60)

        change.name = .set("family")
        #expect(group().applying(change, now: .noon).name == "family")
        change.name = .removed
        #expect(group().applying(change, now: .noon).name == nil)
    }

    @Test("a name is one group's of an owner")
    func namesakes() {
        #expect(group().refusal(naming: [], known: [], namesake: nil) == nil)
        #expect(group().refusal(naming: [], known: [], namesake: .number(1)) == nil)
        #expect(group().refusal(naming: [], known: [], namesake: .number(2)) == .nameTaken)
    }

    @Test("the first group that does not exist is named, before all else")
    func unknown() {
        let named: [Group.ID] = [.number(2), .number(3), .number(4)]

        let refusal = group().refusal(naming: named, known: [.number(2)], namesake: .number(9))

        #expect(refusal == .unknownGroup(.number(3)))
    }

    @Test("a change names the groups whose numbers it takes and those that become children, not those that leave")
    func named() {
        var change = GroupChange()
        change.addFrom = .number(2)
        change.removeFrom = .number(3)
        change.addChildren = [.number(4)]
        change.removeChildren = [.number(5)]

        #expect(change.namedGroups == [.number(2), .number(3), .number(4)])
    }

    @Test("ten thousand numbers and no more, each counted once")
    func size() {
        let full = group(size: 9_999)
        var change = GroupChange()
        change.add = numbers(0..<1)
        #expect(!full.mayOvergrow(by: change, adding: 0))
        #expect(full.mayOvergrow(by: change, adding: 1))

        #expect(!full.overgrows(by: change, members: numbers(1..<10_000), adding: numbers(5..<6)))
        #expect(full.overgrows(by: change, members: numbers(1..<10_000), adding: numbers(10_000..<10_001)))
    }

    @Test("ten children and no more, each counted once")
    func children() {
        let ten = group(children: (2..<12).map { .number($0) })
        var change = GroupChange()
        change.addChildren = [.number(2)]
        #expect(ten.mayOvergrow(by: change, adding: 0))
        #expect(!ten.overgrows(by: change, members: [], adding: []))

        change.addChildren = [.number(12)]
        #expect(ten.overgrows(by: change, members: [], adding: []))
    }

    @Test(
        "the sender of a message joins and leaves by the words that it begins with",
        arguments: [
            ("Join club", ["12025550101"], []), ("join  CLUB please", ["12025550101"], []),
            ("STOP", [], ["12025550101"]),
            ("join", [], []), ("I join club", [], []), (nil, [], []),
        ] as [(String?, [String], [String])])
    func words(_ text: String?, joins: [String], leaves: [String]) {
        let words = Group.AutoUpdate(
            to: "12025550108", add: .init(first: "join", second: "club"), remove: .init(first: "stop"))
        let inbound = Inbound(
            id: .number(1), owner: .servicePlan("plan"), from: "12025550101", to: "12025550108", receivedAt: .noon,
            text: text)

        let change = words.change(by: inbound)

        #expect((change?.add ?? []).map(\.digits) == joins)
        #expect((change?.remove ?? []).map(\.digits) == leaves)
        #expect((change == nil) == (joins.isEmpty && leaves.isEmpty))
    }

    @Test("a sender that is no number joins nothing")
    func stranger() {
        let words = Group.AutoUpdate(to: "12025550108", add: .init(first: "join"))
        let inbound = Inbound(
            id: .number(1), owner: .servicePlan("plan"), from: "someone@example.com", to: "12025550108",
            receivedAt: .noon, text: "join")

        #expect(words.change(by: inbound) == nil)
    }
}
