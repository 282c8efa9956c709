import CustomerServing
import GatewayCore

/// Which contacts of a project a list has.
struct ContactQuery: Equatable, Sendable {
    let which: Which
    let page: PageRequest

    enum Which: Equatable, Sendable {
        case all
        /// That which the project gave this name.
        case externalID(String)
        case identity(ChannelIdentity)
    }

    /// As the store is asked.
    var filter: ContactFilter {
        switch which {
        case .all: .all
        case .externalID(let id): .externalID(id)
        case .identity(let identity): .identity(identity.row)
        }
    }

    /// - Throws: for parameters that contradict each other, or are wrong.
    init(_ query: QueryParameters) throws(MalformedRequest) {
        page = try PageRequest(query, .contacts)
        let channel: Channel? = try query.word("channel")
        let identity = query.text("identity")
        switch (query.text("external_id"), channel, identity) {
        case (nil, nil, nil): which = .all
        case (let id?, nil, nil): which = .externalID(id)
        case (nil, let channel?, let identity?): which = .identity(ChannelIdentity(channel, identity))
        case (nil, nil, _?): throw .violation(at: "channel", "must be present with identity")
        case (nil, _?, nil): throw .violation(at: "identity", "must be present with channel")
        case (_?, _, _): throw .violation(at: "external_id", "must be present without channel and identity")
        }
    }
}

/// Which conversations of a project a list has.
struct ConversationQuery: Equatable, Sendable {
    /// One of the two is there.
    let appID: String?
    let contactID: String?
    let isActiveOnly: Bool
    let channel: Channel?
    /// The newest first, as `GET /conversations:recent` asks.
    let isDescending: Bool
    let page: PageRequest

    private enum Direction: String, CaseIterable {
        case descending = "DESC"
        case ascending = "ASC"
    }

    /// - Throws: for a parameter that is wrong, and where neither app nor contact is named.
    init(_ query: QueryParameters, _ sizes: PageRequest.Sizes = .conversations) throws(MalformedRequest) {
        page = try PageRequest(query, sizes)
        appID = query.text("app_id")
        contactID = query.text("contact_id")
        isActiveOnly = try query.flag("only_active") ?? false
        channel = try query.word("active_channel")
        isDescending = try query.word("order") != Direction.ascending
        guard appID != nil || contactID != nil else {
            throw .violation(at: "app_id", "must be present, or contact_id")
        }
    }
}

/// The body of `capability:query`.
struct CapabilityRequest: Equatable, Sendable, RequestBody {
    let appID: String
    let recipient: Recipient
    /// The caller's own name for the request; nil where it gives none.
    let requestID: String?

    init?(_ members: RequestMembers) {
        let appID = members.appID()
        let recipient: Recipient? = members.requiredValue("recipient")
        requestID = members.text("request_id", atMost: SendRequest.longestCorrelationID).nonEmpty
        guard let appID, let recipient else { return nil }
        self.appID = appID
        self.recipient = recipient
    }
}

extension QueryParameters {
    /// One of a few words.
    func word<Word: RawRepresentable<String> & CaseIterable>(_ name: String) throws(MalformedRequest) -> Word? {
        guard let text = text(name) else { return nil }
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw .violation(at: name, "must be one of \(words)")
        }
        return word
    }
}
