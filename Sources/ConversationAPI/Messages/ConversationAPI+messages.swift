import CustomerServing
import HTTPTypes

extension ConversationAPI {
    /// What is sent, and what of it and of what came in can be looked up.
    func addMessageRoutes(to routes: ProjectRoutes) {
        let sending = SendRoute(
            messages: store.messages,
            correspondents: Correspondents(contacts: store.contacts, conversations: store.conversations, ids: ids),
            directory: directory, settings: settings, queue: limits.queue, telemetry: telemetry)
        let transcoding = TranscodeRoute(style: settings.style)
        let messages = MessageRoutes(messages: store.messages, batches: store.batches, links: links, logger: logger)

        routes.on("messages:send", [.post: sending.send])
        routes.on("messages:transcode", [.post: transcoding.transcode])
        routes.on("messages:fetch-last-message", [.post: messages.fetchLast])
        routes.on("messages", [.get: messages.list])
        routes.on("messages/:message", [.get: messages.read, .patch: messages.update, .delete: messages.delete])
    }
}
