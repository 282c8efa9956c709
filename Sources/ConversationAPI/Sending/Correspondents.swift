import FoundationEssentials
import GatewayCore

/// Those whom apps write to, as the store knows them.
struct Correspondents: Sendable {
    let contacts: any ContactStore
    let conversations: any ConversationStore
    /// Names those who are new.
    let ids: ULIDGenerator

    /// - Parameter project: whose contacts count.
    func addressee(of recipient: Recipient, in project: Project) async throws(StoreFailure) -> Addressee {
        switch recipient {
        case .identities(let identities): return .identities(identities)
        case .contact(let text):
            guard let id = ULID(text), let contact = try await contacts.contact(id, of: project.id) else {
                return .nobody
            }
            return .contact(contact)
        }
    }

    /// Where a message goes, and the contact and the conversation that it belongs to, if its app keeps those: what is
    /// missing of them is made.
    func destination(
        of outgoing: Outgoing, to recipient: Recipient, from app: Project.App, of project: Project, now: Date
    ) async throws(StoreFailure) -> (Destination, Engagement.Result?) {
        let order = outgoing.options.channelOrder
        let addressee = try await addressee(of: recipient, in: project)
        let destination = Destination(addressee, order: order, of: app)
        guard outgoing.options.mode(in: app.processingMode) == .conversation, let peer = destination.peer else {
            return (destination, nil)
        }
        let engagement = Engagement(
            of: app, in: project, with: peer, as: destination.identity, ids: ids, now: now, change: outgoing.change)
        guard let result = try await conversations.engage(engagement, now: now) else {
            // The contact was removed in between.
            return (Destination(.nobody, order: order, of: app), nil)
        }
        return (destination, result)
    }
}
