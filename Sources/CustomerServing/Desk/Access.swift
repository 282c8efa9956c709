import FoundationEssentials
import GatewayCore
import HTTPTypes
import Hummingbird
import OAuth

/// Who may do what under `/xms/v1/{plan}`: a plan's API token, or an access token of a project under the project's id.
struct PlanAccess {
    let directory: Directory

    init(_ directory: Directory) {
        self.directory = directory
    }

    /// The plan of the path, if the request carries a token that opens it. An unknown plan looks like a wrong token.
    func plan(of request: Request, named name: String, now: Date) throws(SMSAPIError) -> ServicePlan {
        // Ids are of ASCII; a text of other octets that Swift takes for the same is none of them.
        guard let token = Self.bearerToken(in: request), name.utf8.allSatisfy({ $0 < 0x80 }) else {
            throw .unauthorized
        }
        if let project = directory.projects[name] {
            switch AccessToken.verdict(on: token, for: project, now: now) {
            case .valid:
                if let plan = directory.servicePlan(ofProject: name) { return plan }
            case .expired: throw .tokenExpired
            case .invalid: break
            }
        }
        guard let plan = directory.servicePlans[name], plan.accepts(token: token) else { throw .unauthorized }
        return plan
    }

    /// The scheme word counts in any case. (RFC 9110, 11.1)
    private static func bearerToken(in request: Request) -> Substring? {
        guard let words = request.headers[.authorization]?.pieces(at: " "), words.count == 2, words[0].isWord("bearer")
        else { return nil }
        return words[1]
    }
}
