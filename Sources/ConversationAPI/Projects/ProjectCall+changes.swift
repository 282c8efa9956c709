import CustomerServing
import GatewayCore
import HTTPServing
import HTTPTypes

/// What calls need that change something.
extension CustomerCall<ProjectCaller> {
    /// The app that a request names.
    ///
    /// - Throws: `NOT_FOUND` where the project does not have it.
    func app(_ id: String) throws(ConversationError) -> Project.App {
        guard let app = project.app(id) else { throw .noSuch("app", id: id) }
        return app
    }

    /// The body of an update, and which members of it count.
    func change() async throws -> (body: JSONValue, mask: UpdateMask) {
        guard request.hasMediaType("application/json") else { throw CallRefusal.unsupportedMediaType }
        return (try await inTurn { try JSONValue(body) }, UpdateMask(query))
    }

    /// Does what reads, decides and writes, and does it again where somebody else has written in between.
    ///
    /// - Parameter attempt: gives nil where what it read was outdated when it wrote.
    /// - Throws: `UNAVAILABLE` where others were faster each time; else what an attempt throws.
    func untilCurrent<Value>(_ attempt: () async throws -> Value?) async throws -> Value {
        for _ in 0..<Self.attempts {
            if let value = try await attempt() { return value }
        }
        throw ConversationError(
            .unavailable, "Others change the same at this moment; nothing was changed by this request, try again later",
            headers: [.retryAfter: "1"])
    }

    private static var attempts: Int { 5 }
}

extension ConversationError {
    /// The value of a check of a request.
    static func refusing<Value>(
        _ check: () throws(InvalidRequest) -> Value
    ) throws(ConversationError) -> Value {
        do throws(InvalidRequest) { return try check() } catch { throw ConversationError(error) }
    }
}
