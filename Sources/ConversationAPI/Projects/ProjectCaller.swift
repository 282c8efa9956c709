import CustomerServing
import FoundationEssentials
import GatewayCore
import HTTPServing

/// Who calls this API: a project, with one of its access keys or a token that was fetched for one.
struct ProjectCaller: APICaller {
    let project: Project

    var id: String { project.id }

    var requestsPerSecond: Double? { project.requestsPerSecond }

    var keptAnswersOwner: Owner? { .project(project.id) }
}

/// A call of the API in the name of a project.
typealias ProjectCall = CustomerCall<ProjectCaller>

/// Routes below `/v1/projects/{project_id}/`.
typealias ProjectRoutes = CustomerRoutes<ConversationError, ProjectCaller>

extension CustomerCall<ProjectCaller> {
    var project: Project { caller.project }

    /// The id in the path, of whatever `name` says.
    ///
    /// - Throws: `NOT_FOUND` for a text that is no id, since nothing has it.
    func pathID(of name: String, at parameter: String) throws(ConversationError) -> ULID {
        let text = context.pathParameter(parameter)
        guard let id = ULID(text) else { throw .noSuch(name, id: text) }
        return id
    }

    /// A text in the path that is the id of whatever `name` says, in the form that ids have here and in the configuration.
    ///
    /// - Throws: `NOT_FOUND` where nothing has it.
    func pathName<Value>(of name: String, at parameter: String, _ find: (String) -> Value?) throws(ConversationError)
        -> Value
    {
        let text = context.pathParameter(parameter)
        guard Access.isName(text), let value = find(text) else { throw .noSuch(name, id: text) }
        return value
    }

    /// The body as a value, with all its faults at once.
    func read<Body: RequestBody>(_ type: Body.Type) async throws -> Body {
        guard request.hasMediaType("application/json") else { throw CallRefusal.unsupportedMediaType }
        do {
            return try await inTurn { try Body(body: body) }
        } catch let fault as InvalidRequest {
            throw ConversationError(fault)
        }
    }
}

extension ConversationError {
    /// What a project does not have, or what is another project's.
    static func noSuch(_ name: String, id: some StringProtocol) -> ConversationError {
        ConversationError(.notFound, "The project has no \(name) '\(String(id).excerpt)'")
    }
}
