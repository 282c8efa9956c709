import CustomerServing
import HTTPTypes

/// Contacts, conversations, and what MMS has nothing of.
extension ConversationAPI {
    /// - Parameters:
    ///   - projects: below `/v1/projects/{project_id}/`.
    ///   - newer: below `/v2/projects/{project_id}/`, where clients look for templates of the second kind.
    func addResourceRoutes(to projects: ProjectRoutes, _ newer: ProjectRoutes) {
        addContactRoutes(to: projects)
        addConversationRoutes(to: projects)
        addUnservedRoutes(to: projects, newer)
        let capability = CapabilityRoute(contacts: store.contacts, ids: ids)
        projects.on("capability:query", [.post: capability.query])
    }

    private func addContactRoutes(to projects: ProjectRoutes) {
        let contacts = ContactRoutes(store: store.contacts, ids: ids, logger: logger)
        let lookups = ContactLookups(store: store.contacts)
        projects.on("contacts", [.get: contacts.list, .post: contacts.create])
        projects.on("contacts/:contact", [.get: contacts.read, .patch: contacts.update, .delete: contacts.delete])
        projects.on("contacts/:contact:merge", [.post: contacts.merge])
        projects.on("contacts:getChannelProfile", [.post: lookups.profile])
        projects.on("contacts:identityConflicts", [.get: lookups.conflicts])
    }

    private func addConversationRoutes(to projects: ProjectRoutes) {
        let conversations = ConversationRoutes(store: store.conversations, ids: ids)
        let lists = ConversationLists(store: store.conversations, logger: logger)
        let recent = RecentConversations(
            store: store.conversations, messages: store.messages, links: links, logger: logger)
        projects.on("conversations", [.get: lists.list, .post: conversations.create])
        projects.on("conversations:recent", [.get: recent.list])
        projects.on(
            "conversations/:conversation",
            [.get: conversations.read, .patch: conversations.update, .delete: conversations.delete])
        projects.on("conversations/:conversation:stop", [.post: conversations.stop])
        projects.on("conversations/:conversation:inject-message", [.post: conversations.inject])
        projects.on("conversations/:conversation:inject-event", [.post: conversations.inject])
    }

    private func addUnservedRoutes(to projects: ProjectRoutes, _ newer: ProjectRoutes) {
        let unserved = UnservedRoutes()
        projects.on("events:send", [.post: unserved.sendEvent])
        projects.on("events", [.get: unserved.events])
        projects.on("events/:id", [.get: unserved.event, .delete: unserved.event])
        projects.on(
            "settings",
            [
                .get: unserved.settings, .delete: unserved.settings, .post: unserved.changeSettings,
                .patch: unserved.changeSettings,
            ])
        projects.on("apps/:app/consents/:id", [.get: unserved.consents])
        projects.on("apps/:app/consents/identities/:id", [.get: unserved.consentsOfIdentity])
        for routes in [projects, newer] {
            routes.on("templates", [.get: unserved.templates, .post: unserved.makeTemplate])
            routes.on(
                "templates/:id",
                [.get: unserved.template, .put: unserved.template, .delete: unserved.template])
        }
        newer.on("templates/:id/translations", [.get: unserved.template])
    }
}
