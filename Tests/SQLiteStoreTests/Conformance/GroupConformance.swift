import Doubles
import Foundation
import GatewayCore
import Testing

@Suite("A store keeps groups")
struct GroupConformance {
    @Test("a group is read as it was given, its members in order", arguments: Implementation.all)
    func roundTrip(_ implementation: Implementation) async throws {
        try await implementation { scene in
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
    }

    @Test("a name is one group's of an owner", arguments: Implementation.all)
    func names(_ implementation: Implementation) async throws {
        try await implementation { scene in
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
    }

    @Test("what is added comes first, what is removed goes last", arguments: Implementation.all)
    func changes(_ implementation: Implementation) async throws {
        try await implementation { scene in
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
    }

    @Test("a group that does not exist is named", arguments: Implementation.all)
    func unknownGroups(_ implementation: Implementation) async throws {
        try await implementation { scene in
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
    }

    @Test("an expansion follows children in a circle once, and names each number once", arguments: Implementation.all)
    func expansion(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let inner = try await scene.group(["12025550101", "12025550102"])
            let outer = try await scene.group(["12025550102", "12025550103"], children: [inner.id])
            var circle = GroupChange()
            circle.addChildren = [outer.id]
            _ = try await scene.change(inner, circle)

            let numbers = try await scene.store.expand([outer.id, scene.id()], of: Scene.owner, limit: 10)

            #expect(numbers.map(\.digits) == ["12025550101", "12025550102", "12025550103"])
            #expect(try await scene.store.expand([outer.id], of: .servicePlan("plan2"), limit: 10).isEmpty)
        }
    }

    @Test("a batch that begins now is sent to the members of this moment", arguments: Implementation.all)
    func sendsNow(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let group = try await scene.group(["12025550101", "12025550102", "49301234567"])
            let batch = try await scene.insertBatch(to: [group.id.description, "12025550102"])

            let tallies = try await scene.store.tallies(of: batch.id, withRecipients: false)
            #expect(tallies.reduce(0) { $0 + $1.count } == 3, "a number in both is one message")
            #expect(try await scene.message(to: "49301234567", in: batch).state == .aborted(.unroutable))
            try await scene.store.recordMedia(Scene.picture, for: batch.id, now: .start)
            #expect(try await scene.claims().count == 2)
        }
    }

    @Test("a batch for later is sent to the members of then", arguments: Implementation.all)
    func sendsLater(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let group = try await scene.group(["12025550101"])
            let gone = try await scene.group(["12025550102"])
            let later = Date.start + .seconds(60)
            let batch = try await scene.insertBatch(to: [group.id.description, gone.id.description], sendAt: later)
            var change = GroupChange()
            change.add = try scene.numbers(["12025550103"])
            _ = try await scene.change(group, change)
            #expect(try await scene.store.deleteGroup(gone.id, of: Scene.owner))
            #expect(try await scene.store.tallies(of: batch.id, withRecipients: false).isEmpty)

            let tasks = try await scene.store.batchesWithoutMedia(limit: 9, now: later, except: [])
            #expect(tasks.map(\.batch) == [batch.id])
            try await scene.store.recordMedia(
                Scene.picture, number: 0, for: batch.id, revision: 0, expansion: scene.expansion, now: later)

            let claims = try await scene.claims(now: later)
            #expect(Set(claims.map(\.recipient.digits)) == ["12025550101", "12025550103"])
        }
    }

    @Test(
        "members of a group learn that the media was bad, and an empty group ends its batch",
        arguments: Implementation.all)
    func ends(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let later = Date.start + .seconds(60)
            let group = try await scene.group(["12025550101"])
            let bad = try await scene.insertBatch(
                to: [group.id.description], interest: [.submitted, .final], sendAt: later)
            let empty = try await scene.group([])
            let nothing = try await scene.insertBatch(to: [empty.id.description], interest: .endSummary)

            try await scene.store.abandon(
                bad.id, revision: 0, because: .mediaUnreachable, reason: nil, expansion: scene.expansion, now: later)

            let told = try await scene.events(now: later)
            #expect(told.map(\.batch?.id) == [nothing.id, bad.id])
            #expect(try await scene.message(in: bad).state == .aborted(.mediaUnreachable))
        }
    }

    @Test(
        "the end of a batch is told once, when the members of its groups have ended too", arguments: Implementation.all)
    func endsOnce(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let later = Date.start + .seconds(60)
            let group = try await scene.group(["12025550101", "12025550102"])
            let batch = try await scene.insertBatch(
                to: ["12025550103", group.id.description], interest: .endSummary, sendAt: later)

            let afterEnd = Date.start + .seconds(4 * 86_400)
            #expect(try await scene.store.expire(limit: 10, now: afterEnd) == 1)
            #expect(try await scene.toldStates(now: afterEnd).isEmpty)
            try await scene.store.abandon(
                batch.id, revision: 0, because: .expiredInQueue, reason: nil, expansion: scene.expansion, now: afterEnd)

            #expect(try await scene.toldStates(now: afterEnd) == [nil])
            #expect(try await scene.store.tallies(of: batch.id, withRecipients: false).reduce(0) { $0 + $1.count } == 3)
        }
    }

    @Test("members of groups count against the bound of the queue", arguments: Implementation.all)
    func queueLimit(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let group = try await scene.group(["12025550101", "12025550102", "12025550103"])
            var submittal = try scene.submittal(to: [])
            submittal.order.recipients = [group.id.description]
            let (batch, messages) = submittal.accepted(now: .start, expansion: scene.expansion)

            let result = try await scene.store.insert(
                batch, messages: messages, expansion: scene.expansion, keeping: nil, queueLimit: 2)

            #expect(result == .queueFull)
        }
    }

    @Test("cancelled before its media, a batch to groups alone ends with nobody", arguments: Implementation.all)
    func cancelledGroups(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let later = Date.start + .seconds(60)
            let group = try await scene.group(["12025550101"])
            let batch = try await scene.insertBatch(to: [group.id.description], interest: .endSummary, sendAt: later)

            _ = try await scene.store.cancel(batch.id, of: Scene.owner, now: later)

            #expect(try await scene.toldStates(now: later) == [nil])
        }
    }

    @Test(
        "a batch has as many messages as it may and no more, also where its groups are begun again",
        arguments: Implementation.all)
    func batchLimit(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let groups = [
                try await scene.group(["12025550101", "12025550102", "12025550103"]),
                try await scene.group(["12025550111", "12025550112", "12025550113"]),
            ]
            var submittal = try scene.submittal(to: ["12025550199"])
            submittal.order.recipients += groups.map(\.id.description)
            submittal.order.sendAt = .start + .seconds(60)
            let expansion = Expansion(routes: Scene.routes, ids: ULIDGenerator(), limit: 5)
            let (batch, messages) = submittal.accepted(now: .start, expansion: expansion)
            _ = try await scene.store.insert(
                batch, messages: messages, expansion: expansion, keeping: nil, queueLimit: nil)

            try await scene.store.recordMedia(
                Scene.picture, number: 0, for: batch.id, revision: 0, expansion: expansion, now: .start + .seconds(60))

            #expect(try await scene.claims(now: .start + .seconds(60)).count == 5)
        }
    }

    @Test("a group holds ten thousand numbers and no more", arguments: Implementation.all)
    func limit(_ implementation: Implementation) async throws {
        try await implementation { scene in
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
    fileprivate func numbers(_ texts: [String]) throws -> [MSISDN] { try texts.map { try #require(MSISDN($0)) } }

    fileprivate func group(
        _ members: [String], name: String? = nil, children: [Group.ID] = []
    ) async throws -> Group {
        let group = Group(id: id(), owner: Self.owner, name: name, children: children, createdAt: .start)
        let result = try await store.insert(group, members: numbers(members), keeping: nil)
        guard case .done(let made) = result else { throw GroupNotMade(result: result) }
        return made
    }

    fileprivate func change(_ group: Group, _ change: GroupChange) async throws -> GroupResult {
        try await store.change(group.id, of: Self.owner, by: change, now: .start + .seconds(1))
    }

    /// A batch to numbers and groups.
    fileprivate func insertBatch(
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
