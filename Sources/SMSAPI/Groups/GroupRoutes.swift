import FoundationEssentials
import GatewayCore
import HTTPTypes
import Hummingbird

/// `/groups`
struct GroupRoutes: Sendable {
    let store: any Store
    let ids: ULIDGenerator

    /// `POST /groups`
    func create(_ call: PlanRequest) async throws -> Answer {
        // Some clients make a group of nothing, without a body.
        let wish = call.body.isEmpty ? GroupRequest() : try await call.body(as: GroupRequest.self)
        let now = call.now.wholeMilliseconds
        let (group, members) = try wish.checked(Group(id: ids.next(at: now), owner: call.owner, createdAt: now))
        var told = group
        told.size = members.count
        let answer = Answer(status: .created, json: GroupBody(told))
        switch try await store.insert(group, members: members, keeping: call.keptAnswer(answer)) {
        case .answered(let kept): return try call.repetition?.answer(kept) ?? answer
        case let result: return Answer(status: .created, json: GroupBody(try Self.group(result, group.id)))
        }
    }

    /// `GET /groups?page=…&page_size=…`
    func list(_ call: PlanRequest) async throws -> Answer {
        let page = try call.page(sizes: 0...100)
        let groups = try await store.groups(of: call.owner, page: page)
        return Answer(json: ListBody("groups", groups, page) { GroupBody($0) })
    }

    /// `GET /groups/{group_id}`
    func read(_ call: PlanRequest) async throws -> Answer {
        Answer(json: GroupBody(try await store.group(call)))
    }

    /// `GET /groups/{group_id}/members`: an array of numbers.
    func members(_ call: PlanRequest) async throws -> Answer {
        let id = try call.groupID()
        guard let members = try await store.members(of: id, of: call.owner) else { throw SMSAPIError.noSuchGroup(id) }
        return Answer(json: members.map(\.digits))
    }

    /// `PUT /groups/{group_id}`: every member is new; what is absent is gone.
    func replace(_ call: PlanRequest) async throws -> Answer {
        let old = try await store.group(call)
        var (group, members) = try await call.body(as: GroupRequest.self).checked(old)
        group.modifiedAt = call.now.wholeMilliseconds
        return Answer(json: GroupBody(try Self.group(await store.replace(group, members: members), group.id)))
    }

    /// `POST /groups/{group_id}`: adds and removes.
    func update(_ call: PlanRequest) async throws -> Answer {
        let id = try call.groupID()
        let change = try await call.body(as: GroupUpdate.self).change
        let keeping = call.keeping
        let result = try await store.change(
            id, of: call.owner, by: change, keeping: { keeping(Answer(json: GroupBody($0))) }, now: call.now)
        return Answer(json: GroupBody(try Self.group(result, id)))
    }

    /// `DELETE /groups/{group_id}`: 200 and no body.
    func delete(_ call: PlanRequest) async throws -> Answer {
        let id = try call.groupID()
        guard try await store.deleteGroup(id, of: call.owner) else { throw SMSAPIError.noSuchGroup(id) }
        return Answer(status: .ok)
    }

    private static func group(_ result: GroupResult, _ id: Group.ID) throws(SMSAPIError) -> Group {
        switch result {
        case .done(let group): return group
        case .noSuchGroup: throw .noSuchGroup(id)
        case .unknownGroup(let unknown): throw .unknownGroup(unknown)
        case .nameTaken: throw .groupNameTaken
        case .tooLarge:
            throw .violation(
                "a group must have at most \(Group.sizeLimit) members and \(Group.childLimit) child groups")
        // Only what is created has a key.
        case .answered: throw .internalError
        }
    }
}

extension Store {
    /// The group that a path names.
    func group(_ call: PlanRequest) async throws -> Group {
        let id = try call.groupID()
        guard let group = try await group(id, of: call.owner) else { throw SMSAPIError.noSuchGroup(id) }
        return group
    }
}
