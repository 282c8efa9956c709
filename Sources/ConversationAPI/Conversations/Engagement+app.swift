import FoundationEssentials
import GatewayCore

extension Engagement {
    /// An app exchanges a message with somebody: who is not known yet becomes a contact, and where the two do not speak
    /// yet, a conversation begins. Whoever asks for it is notified of both.
    ///
    /// - Parameters:
    ///   - identity: the name on the channel that the message goes over.
    ///   - ids: names what is made.
    ///   - change: what the message makes of the conversation, whether that is new or not.
    init(
        of app: Project.App, in project: Project, with peer: Peer, as identity: ChannelIdentity, ids: ULIDGenerator,
        now: Date, change: @escaping @Sendable (inout Conversation) -> Void
    ) {
        let owner = Owner.app(app.id, project: project.id)
        let names = ids.next(2, at: now)
        let newcomer: Contact? = if case .identity = peer { Contact(identity) } else { nil }
        self.init(
            of: owner, in: project.id, with: peer, making: newcomer?.kept(as: names[0], of: project.id),
            contactNotices: { newcomer.map { project.notices(of: $0.creation(as: names[0]), at: now) } ?? [] },
            conversation: { [appID = app.id] contact in
                Conversation(appID: appID, contactID: contact.id.description, on: identity.channel)
                    .kept(as: names[1], of: owner, with: contact.id, lastUsed: now)
            },
            conversationNotices: { [appID = app.id] conversation in
                do throws(StoreFailure) {
                    let notice = project.notice(of: try conversation.start(), toApp: appID, at: now)
                    return notice.map { [$0] } ?? []
                } catch {
                    // It was written in this commit.
                    return []
                }
            },
            change: { stored in
                do throws(StoreFailure) {
                    var conversation = try Conversation(stored)
                    change(&conversation)
                    return conversation.kept(
                        as: stored.id, of: owner, with: stored.contact, lastUsed: max(stored.lastUsed, now),
                        revision: stored.revision)
                } catch {
                    // What cannot be read stays as it is, and the message goes its way.
                    return stored
                }
            })
    }
}
