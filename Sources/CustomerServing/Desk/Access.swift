package import FoundationEssentials
package import GatewayCore
package import HTTPServing
import OAuth

/// Who may call in whose name: with a service plan's own token, or for a project with one of its access keys, or with a
/// token that was fetched for one.
package struct Access: Sendable {
    private let directory: Directory

    package init(_ directory: Directory) {
        self.directory = directory
    }

    /// The service plan that a path names, if the credentials open it: its own token under its id, or an access token of
    /// the project under the project's id.
    ///
    /// - Throws: `tokenExpired`, or `unauthorized`; an unknown plan looks like a wrong token.
    package func servicePlan(
        _ id: String, with authorization: Authorization, now: Date
    ) throws(CallRefusal) -> ServicePlan {
        guard case .bearer(let token) = authorization, Self.isName(id) else { throw .unauthorized }
        if let project = directory.projects[id], try Self.isValid(token, for: project, now: now),
            let plan = directory.servicePlan(ofProject: id)
        {
            return plan
        }
        guard let plan = directory.servicePlans[id], plan.accepts(token: token) else { throw .unauthorized }
        return plan
    }

    /// The project that a path names, if the credentials open it: HTTP Basic of an access key, or an access token.
    ///
    /// - Throws: `tokenExpired`, or `unauthorized`; an unknown project looks like wrong credentials.
    package func project(
        _ id: String, with authorization: Authorization, now: Date
    ) throws(CallRefusal) -> Project {
        guard Self.isName(id), let project = directory.projects[id] else { throw .unauthorized }
        let isOpen =
            switch authorization {
            case .basic(let key, let secret): project.accessKey(key, secret: secret) != nil
            case .bearer(let token): try Self.isValid(token, for: project, now: now)
            case .unusable: false
            }
        guard isOpen else { throw .unauthorized }
        return project
    }

    private static func isValid(
        _ token: Substring, for project: Project, now: Date
    ) throws(CallRefusal) -> Bool {
        switch AccessToken.verdict(on: token, for: project, now: now) {
        case .valid: return true
        case .expired: throw .tokenExpired
        case .invalid: return false
        }
    }

    /// Ids are of ASCII; a text of other octets that Swift takes for the same is none of them.
    private static func isName(_ id: String) -> Bool { id.utf8.allSatisfy { $0 < 0x80 } }
}
