import GatewayCore

extension MessageQuery {
    /// What the store is asked for; nil where an id is asked for that nothing can have.
    var filter: AppMessageFilter? {
        let contacts = contactIDs.compactMap { ULID($0) }
        let conversation = conversationID.flatMap { ULID($0) }
        guard contacts.isEmpty == contactIDs.isEmpty, (conversation == nil) == (conversationID == nil) else {
            return nil
        }
        return AppMessageFilter(
            app: appID, direction: direction?.stored, isOfConversation: source == .conversation,
            channel: channel?.rawValue, identities: identities.map { MSISDN($0)?.digits ?? $0 }, contacts: contacts,
            conversation: conversation, from: from, until: until)
    }
}

extension Direction {
    fileprivate var stored: AppMessageEntry.Direction {
        switch self {
        case .toApp: .toApp
        case .toContact: .toContact
        }
    }
}
