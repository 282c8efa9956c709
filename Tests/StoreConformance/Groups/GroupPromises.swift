import Doubles
import Foundation
import GatewayCore
import Testing

/// A store keeps groups.
enum GroupPromises {
    static let all = Promise.list("A store keeps groups") {
        Promise("a group is read as it was given, its members in order") { scene in
            let child = try await scene.group(["12025550109"])
            var group = Group(id: scene.id(), owner: Scene.owner, name: "friends", createdAt: .start)
            group.children = [child.id]
            group.autoUpdate = .init(
                to: "12025550100", add: .init(first: "JOIN"), remove: .init(first: "a", second: "b"))
            group.tags = ["x y"]

            let result = try await scene.store.insert(
                group, members: scene.numbers(["12025550102", "12025550101"]), keeping: nil)

            group.size = 2
            #expect(result == .done(group))
            #expect(try await scene.store.group(group.id, of: Scene.owner) == group)
            let members = try await scene.store.members(of: group.id, of: Scene.owner)
            #expect(members?.map(\.digits) == ["12025550101", "12025550102"])
            #expect(try await scene.store.group(group.id, of: .servicePlan("plan2")) == nil)
            #expect(try await scene.store.members(of: group.id, of: .servicePlan("plan2")) == nil)
        }
        Promise("a name is one group's of an owner") { scene in
            let first = try await scene.group([], name: "friends")
            let second = try await scene.group([], name: "others")
            var change = GroupChange()
            change.name = .set("friends")

            let same = Group(id: scene.id(), owner: Scene.owner, name: "friends", createdAt: .start)
            #expect(try await scene.store.insert(same, members: [], keeping: nil) == .nameTaken)
            #expect(try await scene.change(second, change) == .nameTaken)
            #expect(try await scene.change(first, change) != .nameTaken, "it has the name itself")
            change.name = .removed
            _ = try await scene.change(first, change)
            #expect(try await scene.store.insert(same, members: [], keeping: nil) != .nameTaken)
        }
        Promise("what is added comes first, what is removed goes last") { scene in
            let group = try await scene.group(["12025550101", "12025550102"])
            let source = try await scene.group(["12025550103", "12025550104"])
            let sink = try await scene.group(["12025550104"])
            var change = GroupChange()
            change.add = try scene.numbers(["12025550101", "12025550105", "12025550106"])
            change.remove = try scene.numbers(["12025550106", "12025550102", "12025550199"])
            change.addFrom = source.id
            change.removeFrom = sink.id

            let result = try await scene.change(group, change)

            guard case .done(let changed) = result else {
                Issue.record("\(result)")
                return
            }
            #expect(changed.size == 3 && changed.modifiedAt == .start + .seconds(1))
            let members = try await scene.store.members(of: group.id, of: Scene.owner)
            #expect(members?.map(\.digits) == ["12025550101", "12025550103", "12025550105"])
        }
        Promise("a group that does not exist is named") { scene in
            let group = try await scene.group([])
            let nobody = scene.id()
            var change = GroupChange()
            change.addFrom = nobody

            #expect(try await scene.change(group, change) == .unknownGroup(nobody))
            #expect(
                try await scene.store.change(nobody, of: Scene.owner, by: GroupChange(), now: .start) == .noSuchGroup)
            let parent = Group(id: scene.id(), owner: Scene.owner, children: [nobody], createdAt: .start)
            #expect(try await scene.store.insert(parent, members: [], keeping: nil) == .unknownGroup(nobody))
            #expect(try await scene.store.knownGroups(among: [nobody, group.id], of: Scene.owner) == [group.id])
        }
        Promise("an expansion follows children in a circle once, and names each number once") { scene in
            let inner = try await scene.group(["12025550101", "12025550102"])
            let outer = try await scene.group(["12025550102", "12025550103"], children: [inner.id])
            var circle = GroupChange()
            circle.addChildren = [outer.id]
            _ = try await scene.change(inner, circle)

            let numbers = try await scene.store.expand([outer.id, scene.id()], of: Scene.owner, limit: 10)

            #expect(numbers.map(\.digits) == ["12025550101", "12025550102", "12025550103"])
            #expect(try await scene.store.expand([outer.id], of: .servicePlan("plan2"), limit: 10).isEmpty)
        }
        Promise("a group holds ten thousand numbers and no more") { scene in
            let numbers = (0..<Group.sizeLimit).map { "1202\(5_550_000 + $0)" }
            let group = try await scene.group(numbers)
            var change = GroupChange()
            change.add = try scene.numbers(["12025550000"])
            guard case .done(let same) = try await scene.change(group, change) else {
                Issue.record("a number that is in it already is no more")
                return
            }
            #expect(same.size == Group.sizeLimit)

            change.add = try scene.numbers(["4420794600"])
            #expect(try await scene.change(group, change) == .tooLarge)
        }
    }
}

extension Scene {
    func numbers(_ texts: [String]) throws -> [MSISDN] { try texts.map { try #require(MSISDN($0)) } }

    func group(
        _ members: [String], name: String? = nil, children: [Group.ID] = []
    ) async throws -> Group {
        let group = Group(id: id(), owner: Self.owner, name: name, children: children, createdAt: .start)
        let result = try await store.insert(group, members: numbers(members), keeping: nil)
        guard case .done(let made) = result else { throw GroupNotMade(result: result) }
        return made
    }

    func change(_ group: Group, _ change: GroupChange) async throws -> GroupResult {
        try await store.change(group.id, of: Self.owner, by: change, now: .start + .seconds(1))
    }

    /// A batch to numbers and groups.
    func insertBatch(
        to recipients: [String], interest: Interest = [], sendAt: Date? = nil
    ) async throws -> Batch {
        var submittal = try submittal(to: [], interest: interest)
        submittal.order.recipients = recipients
        submittal.numbers = recipients.compactMap { MSISDN($0) }
        submittal.order.sendAt = sendAt
        let (batch, messages) = submittal.accepted(now: .start, expansion: expansion)
        _ = try await store.insert(batch, messages: messages, expansion: expansion, keeping: nil, queueLimit: nil)
        return batch
    }
}

private struct GroupNotMade: Error {
    let result: GroupResult
}
