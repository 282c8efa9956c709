import GatewayCore
import Hummingbird

/// `/batches/{id}/tags` and `/groups/{id}/tags`, which older clients put labels with. They mean nothing here.
struct TagRoutes: Sendable {
    let store: any Store

    func ofBatch(_ call: PlanRequest) async throws -> Answer {
        Answer(json: Body(tags: try SMSEcho(await store.batch(call).order.echo).tags ?? []))
    }

    func ofGroup(_ call: PlanRequest) async throws -> Answer {
        Answer(json: Body(tags: try await store.group(call).tags))
    }

    func replaceOfBatch(_ call: PlanRequest) async throws -> Answer {
        let tags = try await call.body(as: Body.self).tags
        try Tags.check(tags)
        return try await setOfBatch(call) { _ in tags }
    }

    func replaceOfGroup(_ call: PlanRequest) async throws -> Answer {
        try await setOfGroup(call, to: try await call.body(as: Body.self).tags)
    }

    func updateOfBatch(_ call: PlanRequest) async throws -> Answer {
        let change = try await call.body(as: Change.self)
        return try await setOfBatch(call, to: change.applied)
    }

    func updateOfGroup(_ call: PlanRequest) async throws -> Answer {
        let change = try await call.body(as: Change.self)
        return try await setOfGroup(call, to: try change.applied(to: try await store.group(call).tags))
    }

    /// Times a change is made again because somebody else made one at the same time.
    private static let attempts = 20

    private func setOfBatch(
        _ call: PlanRequest, to change: (_ old: [String]) throws(SMSAPIError) -> [String]
    ) async throws -> Answer {
        for _ in 0..<Self.attempts {
            let batch = try await store.batch(call)
            var echo = try SMSEcho(batch.order.echo)
            let tags = try change(echo.tags ?? [])
            try Tags.check(tags)
            echo.tags = tags
            let answer = Answer(json: Body(tags: tags))
            let result = try await store.setEcho(
                echo.echo, of: batch.id, revision: batch.revision, of: call.owner, keeping: call.keptAnswer(answer))
            switch result {
            case .replaced: return answer
            case .outdated: continue
            case .noSuchBatch, .dispatched, .queueFull: throw SMSAPIError.noSuchBatch(batch.id)
            }
        }
        throw SMSAPIError.unavailable
    }

    private func setOfGroup(_ call: PlanRequest, to tags: [String]) async throws -> Answer {
        try Tags.check(tags)
        let id = try call.groupID()
        let answer = Answer(json: Body(tags: tags))
        let isSet = try await store.setTags(tags, ofGroup: id, of: call.owner, keeping: call.keptAnswer(answer))
        guard isSet else { throw SMSAPIError.noSuchGroup(id) }
        return answer
    }

    private struct Body: Codable {
        var tags: [String]
    }

    private struct Change: Decodable {
        var add: [String]?
        var remove: [String]?

        /// - Throws: as `Tags.check` does, before any label is compared with another.
        func applied(to tags: [String]) throws(SMSAPIError) -> [String] {
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

    static func check(_ tags: [String]) throws(SMSAPIError) {
        guard tags.count <= countLimit else {
            throw .violation("'tags': size must be at most \(countLimit), and is \(tags.count)")
        }
        for tag in tags {
            try tag.checkLength(of: "tags", limit: lengthLimit)
            try tag.checkControls(of: "tags")
        }
    }
}
