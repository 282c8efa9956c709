import CustomerServing
package import HTTPServing
package import Hummingbird

/// The Batch API: one message of an app to many, at once or later. Its paths begin as those of the Conversation API and
/// some are the same, so it has a router of its own. All else it shares with that API, the project's rate among it.
package struct BatchAPI: Sendable {
    private let api: ConversationAPI

    package init(beside api: ConversationAPI) {
        self.api = api
    }

    package func addRoutes(to router: Router<PeerContext>) {
        api.addMiddleware(to: router)
        let projects = ProjectRoutes(router, below: ConversationAPI.routesRoot, desk: api.desk)
        let batches = BatchRoutes(
            store: api.store.appBatches, ids: api.ids, limits: api.limits.queue, telemetry: api.telemetry)
        let contacts = BatchContactRoutes(store: api.store.contacts, ids: api.ids)

        projects.on("messages", [.post: batches.send, .get: batches.list, .delete: batches.cancel])
        projects.on("messages/:batch", [.get: batches.read])
        projects.on("contacts", [.post: contacts.make, .delete: contacts.delete])
        projects.on("consents", [.post: Self.refuseConsents])
        DescriptionRoute<ConversationError>(
            "/openapi/conversation-batch.yaml", yaml: PackageResources.conversation_batch_yaml
        ).addRoutes(to: router)
    }

    @Sendable
    private static func refuseConsents(_ call: ProjectCall) throws -> APIResponse {
        throw ConversationError(.unimplemented, "Consents are not managed here")
    }

    /// Whether a host name is one of the vendor's form, `eu.conversationbatch.api.example.net`: a label, and this word.
    ///
    /// - Parameter host: with a port or without.
    @Sendable
    package static func isOwnHost(_ host: String) -> Bool {
        let octets = host.utf8
        guard let dot = octets.firstIndex(of: UInt8(ascii: ".")), dot > octets.startIndex else { return false }
        return octets[octets.index(after: dot)...]
            .lazy.map { $0 | 0x20 }
            .starts(with: hostWord.utf8)
    }

    private static let hostWord = "conversationbatch."
}
