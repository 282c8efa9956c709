import CustomerServing
package import HTTPServing
package import Hummingbird

/// The Conversation API's MMS channel, below `/v1/projects/{project_id}`. No call of it is carried out yet: every path
/// says so in the API's own error form.
package struct UnbuiltAPI: Sendable {
    package init() {}

    package func addRoutes(to router: Router<PeerContext>) {
        router.add(middleware: UnclaimedPaths(answer: ConversationError.notBuilt, where: Self.isOwn))
    }

    /// `/v1/projects/{project_id}` and all below it.
    @Sendable
    private static func isOwn(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        return parts.count >= 3 && parts[0] == "v1" && parts[1] == "projects"
    }
}
