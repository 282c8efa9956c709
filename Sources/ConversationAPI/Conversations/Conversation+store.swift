import FoundationEssentials
import GatewayCore

extension Conversation {
    /// A conversation as the store has it. What stands in columns is not believed where the text has it too: a merge of
    /// contacts changes columns alone.
    ///
    /// - Throws: `.broken` for a text that is none of this API's.
    init(_ stored: StoredConversation) throws(StoreFailure) {
        guard var json = JSONValue(text: stored.text) else {
            throw .broken("conversation \(stored.id) is kept as a text that is no JSON")
        }
        json["app_id"] = .string(stored.owner.name)
        json["contact_id"] = .string(stored.contact.description)
        json["active"] = .bool(stored.isActive)
        json["active_channel"] = stored.channel.isEmpty ? nil : .string(stored.channel)
        json["last_received"] = nil
        try self.init(kept: json, of: "conversation \(stored.id)")
        lastReceived = stored.lastReceived
    }

    /// The conversation as the store is to have it.
    ///
    /// - Parameters:
    ///   - owner: the app.
    ///   - contact: the contact, whatever this one says.
    ///   - lastUsed: when something was last sent or received in it.
    ///   - revision: that of the conversation which it comes from; 0 for a new one.
    func kept(
        as id: StoredConversation.ID, of owner: Owner, with contact: StoredContact.ID, lastUsed: Date, revision: Int = 0
    ) -> StoredConversation {
        StoredConversation(
            id: id, owner: owner, contact: contact, isActive: isActive, channel: activeChannel?.rawValue ?? "",
            lastReceived: lastReceived, lastUsed: lastUsed, text: ownText, revision: revision)
    }

    /// What no column has.
    private var ownText: String {
        var json: JSONValue = ["metadata": .string(metadata)]
        json["metadata_json"] = metadataJSON
        json["correlation_id"] = .string(correlationID)
        return json.text
    }
}

extension StoredConversation {
    /// What the callbacks of a conversation tell that begins.
    func start() throws(StoreFailure) -> Callback.Event { .conversationStart(try printed()) }

    /// As the API prints it.
    func printed() throws(StoreFailure) -> JSONValue { try Conversation(self).printed(id: id.description) }
}
