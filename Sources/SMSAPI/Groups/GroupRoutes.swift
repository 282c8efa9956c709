import CustomerServing
import FoundationEssentials
import GatewayCore
import HTTPTypes
import Hummingbird

/// `/groups`
struct GroupRoutes: Sendable {
    let store: any GroupStore
    let ids: ULIDGenerator

    /// `POST /groups`
    func create(_ call: PlanCall) async throws -> APIResponse {
        // Some clients make an empty group without a body.
        let request = call.body.isEmpty ? GroupRequest() : try await call.body(as: GroupRequest.self)
        let now = call.now.wholeMilliseconds
        let (group, members) = try request.checked(Group(id: ids.next(at: now), owner: call.owner, createdAt: now))
        var shown = group
        shown.size = members.count
        let response = APIResponse(status: .created, json: GroupBody(shown))
        switch try await store.insert(group, members: members, keeping: call.keptAnswer(response)) {
        case .answered(let kept): return try call.response(kept)
        case let result: return APIResponse(status: .created, json: GroupBody(try Self.group(result, group.id)))
        }
    }

    /// `GET /groups?page=…&page_size=…`
    func list(_ call: PlanCall) async throws -> APIResponse {
        let page = try call.page(sizes: 0...100)
        let groups = try await store.groups(of: call.owner, page: page)
        return try await ListResponse("groups", groups, page) { GroupBody($0) }
            .response(to: call)
    }

    /// `GET /groups/{group_id}`
    func read(_ call: PlanCall) async throws -> APIResponse {
        APIResponse(json: GroupBody(try await store.group(call)))
    }

    /// `GET /groups/{group_id}/members`: an array of numbers.
    func members(_ call: PlanCall) async throws -> APIResponse {
        let id = try call.groupID()
        guard let members = try await store.members(of: id, of: call.owner) else { throw SMSAPIError.noSuchGroup(id) }
        return APIResponse(json: members.map(\.digits))
    }

    /// `PUT /groups/{group_id}`: every member is new; what is absent is gone.
    func replace(_ call: PlanCall) async throws -> APIResponse {
        let old = try await store.group(call)
        var (group, members) = try await call.body(as: GroupRequest.self).checked(old)
        group.modifiedAt = call.now.wholeMilliseconds
        return APIResponse(json: GroupBody(try Self.group(await store.replace(group, members: members), group.id)))
    }

    /// `POST /groups/{group_id}`: adds and removes.
    func update(_ call: PlanCall) async throws -> APIResponse {
        let id = try call.groupID()
        let change = try await call.body(as: GroupUpdate.self).change
        let keeping = call.keeping
        let result = try await store.change(
            id, of: call.owner, by: change, keeping: { keeping(APIResponse(json: GroupBody($0))) }, now: call.now)
        return APIResponse(json: GroupBody(try Self.group(result, id)))
    }

    /// `DELETE /groups/{group_id}`: 200 and no body.
    func delete(_ call: PlanCall) async throws -> APIResponse {
        let id = try call.groupID()
        guard try await store.deleteGroup(id, of: call.owner) else { throw SMSAPIError.noSuchGroup(id) }
        return APIResponse(status: .ok)
    }

    private static func group(_ result: GroupResult, _ id: Group.ID) throws(SMSAPIError) -> Group {
        switch result {
        case .done(let group): return group
        case .noSuchGroup: throw .noSuchGroup(id)
        case .unknownGroup(let unknown): throw .unknownGroup(unknown)
        case .nameTaken: throw .groupNameTaken
        case .tooLarge:
            let bounds = "\(Group.sizeLimit) members and \(Group.childLimit) child groups"
            throw .refused(.malformed(.violation("a group must have at most \(bounds)")))
        // Only a request that creates a group has a key.
        case .answered: throw .refused(.internalError)
        }
    }
}

extension GroupStore {
    /// The group that a path names.
    func group(_ call: PlanCall) async throws -> Group {
        let id = try call.groupID()
        guard let group = try await group(id, of: call.owner) else { throw SMSAPIError.noSuchGroup(id) }
        return group
    }
}
