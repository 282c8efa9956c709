package import FoundationEssentials
package import GatewayCore
package import HTTPServing
import OAuth

/// Which project a call may be made for: with one of its access keys, or with a token that was fetched for one.
package struct Access: Sendable {
    private let directory: Directory

    package init(_ directory: Directory) {
        self.directory = directory
    }

    /// The project that a path names, if the credentials open it: HTTP Basic of an access key, or an access token.
    ///
    /// - Throws: `tokenExpired`, or `unauthorized`; an unknown project looks like wrong credentials.
    package func project(
        _ id: String, with authorization: Authorization, now: Date
    ) throws(CallRefusal) -> Project {
        switch authorization {
        case .basic(let key, let secret):
            if let project = project(id), project.accessKey(key, secret: secret) != nil { return project }
        case .bearer(let token):
            if let project = try project(id, openedBy: token, now: now) { return project }
        case .unusable: break
        }
        throw .unauthorized
    }

    /// The project of that id, if the access token opens it.
    ///
    /// - Throws: `tokenExpired`.
    package func project(_ id: String, openedBy token: Substring, now: Date) throws(CallRefusal) -> Project? {
        guard let project = project(id) else { return nil }
        switch AccessToken.validity(of: token, for: project, now: now) {
        case .valid: return project
        case .expired: throw .tokenExpired
        case .invalid: return nil
        }
    }

    private func project(_ id: String) -> Project? { Self.isName(id) ? directory.projects[id] : nil }

    /// Whether a text may be an id, which is ASCII: Swift takes some texts of other octets for the same.
    package static func isName(_ id: String) -> Bool { id.utf8.allSatisfy { $0 < 0x80 } }
}
