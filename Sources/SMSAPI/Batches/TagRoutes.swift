import CustomerServing
import GatewayCore
import Hummingbird

/// `/batches/{id}/tags` and `/groups/{id}/tags`, by which older clients set labels. They mean nothing here.
struct TagRoutes: Sendable {
    let batches: any BatchStore
    let reader: any BatchReader
    let groups: any GroupStore

    func ofBatch(_ call: PlanCall) async throws -> APIResponse {
        APIResponse(json: Body(tags: try SMSEcho(await reader.batch(call).order.echo).tags ?? []))
    }

    func ofGroup(_ call: PlanCall) async throws -> APIResponse {
        APIResponse(json: Body(tags: try await groups.group(call).tags))
    }

    func replaceOfBatch(_ call: PlanCall) async throws -> APIResponse {
        let tags = try await call.body(as: Body.self).tags
        try Tags.check(tags)
        return try await setOfBatch(call) { _ in tags }
    }

    func replaceOfGroup(_ call: PlanCall) async throws -> APIResponse {
        try await setOfGroup(call, to: try await call.body(as: Body.self).tags)
    }

    func updateOfBatch(_ call: PlanCall) async throws -> APIResponse {
        let change = try await call.body(as: Change.self)
        return try await setOfBatch(call, to: change.applied)
    }

    func updateOfGroup(_ call: PlanCall) async throws -> APIResponse {
        let change = try await call.body(as: Change.self)
        return try await setOfGroup(call, to: try change.applied(to: try await groups.group(call).tags))
    }

    /// How often a change is tried again because somebody else made one at the same time.
    private static let attempts = 20

    private func setOfBatch(
        _ call: PlanCall, to change: (_ old: [String]) throws(MalformedRequest) -> [String]
    ) async throws -> APIResponse {
        for _ in 0..<Self.attempts {
            let batch = try await reader.batch(call)
            var echo = try SMSEcho(batch.order.echo)
            let tags = try change(echo.tags ?? [])
            try Tags.check(tags)
            echo.tags = tags
            let response = APIResponse(json: Body(tags: tags))
            let result = try await batches.setEcho(
                echo.echo, of: batch.id, revision: batch.revision, of: call.owner, keeping: call.keptAnswer(response))
            switch result {
            case .replaced: return response
            case .outdated: continue
            case .noSuchBatch, .dispatched, .queueFull: throw SMSAPIError.noSuchBatch(batch.id)
            }
        }
        throw CallRefusal.unavailable
    }

    private func setOfGroup(_ call: PlanCall, to tags: [String]) async throws -> APIResponse {
        try Tags.check(tags)
        let id = try call.groupID()
        let response = APIResponse(json: Body(tags: tags))
        let isSet = try await groups.setTags(tags, ofGroup: id, of: call.owner, keeping: call.keptAnswer(response))
        guard isSet else { throw SMSAPIError.noSuchGroup(id) }
        return response
    }

    private struct Body: Codable {
        var tags: [String]
    }

    private struct Change: Decodable {
        var add: [String]?
        var remove: [String]?

        /// - Throws: as `Tags.check` does, before any label is compared with another.
        func applied(to tags: [String]) throws(MalformedRequest) -> [String] {
            try Tags.check(add ?? [])
            try Tags.check(remove ?? [])
            let removed = Set(remove ?? [])
            var seen = Set<String>()
            return (tags + (add ?? [])).filter { !removed.contains($0) && seen.insert($0).inserted }
        }
    }
}

/// The bounds of labels.
enum Tags {
    private static let countLimit = 100
    private static let lengthLimit = 64

    static func check(_ tags: [String]) throws(MalformedRequest) {
        guard tags.count <= countLimit else {
            throw .violation(at: "tags", "size must be at most \(countLimit), and is \(tags.count)")
        }
        for tag in tags {
            try tag.checkLength(of: "tags", limit: lengthLimit)
            try tag.checkControls(of: "tags")
        }
    }
}
