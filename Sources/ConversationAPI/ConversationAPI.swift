package import HTTPServing
package import Hummingbird

/// The Conversation API's MMS channel, below `/v1/projects/{project_id}`. No call of it is carried out yet: every path
/// says so in the API's own error form.
package struct ConversationAPI: Sendable {
    package init() {}

    package func addRoutes(to router: Router<PeerContext>) {
        router.add(middleware: UnclaimedPaths())
    }
}
