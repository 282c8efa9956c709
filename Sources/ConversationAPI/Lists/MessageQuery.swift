import CustomerServing
import FoundationEssentials

/// Which messages a list has, newest first.
struct MessageQuery: Equatable, Sendable {
    var appID: String?
    var conversationID: String?
    var contactIDs: [String] = []
    /// Names on channels; for MMS digits.
    var identities: [String] = []
    var channel: Channel?
    var direction: Direction?
    /// Accepted at this moment or later.
    var from: Date?
    /// Accepted before this moment.
    var until: Date?
    var source = Source.conversation
    var hasMetadata = true
    var page: PageRequest

    enum Source: String, CaseIterable, Sendable {
        case conversation = "CONVERSATION_SOURCE"
        case dispatch = "DISPATCH_SOURCE"
    }

    /// Those whose newest messages one request asks for.
    fileprivate static let mostIdentities = 100

    fileprivate enum View: String, CaseIterable {
        case withMetadata = "WITH_METADATA"
        case withoutMetadata = "WITHOUT_METADATA"
    }

    /// The parameters of `GET /messages`.
    ///
    /// - Throws: for a parameter that is wrong, or does not go with the source.
    init(_ query: QueryParameters) throws(MalformedRequest) {
        page = try PageRequest(query, .messages)
        appID = query.text("app_id")
        conversationID = query.text("conversation_id")
        contactIDs = query.text("contact_id").map { [$0] } ?? []
        identities = query.text("channel_identity").map { [$0] } ?? []
        channel = try query.word("channel")
        direction = try query.word("direction")
        from = try query.time("start_time")
        until = try query.time("end_time")
        source = try query.word("messages_source") ?? .conversation
        hasMetadata = try query.word("view") != View.withoutMetadata
        if try query.flag("only_recipient_originated") == true {
            guard source == .dispatch else {
                throw .violation(at: "only_recipient_originated", "goes with DISPATCH_SOURCE alone")
            }
            guard direction != .toContact else {
                throw .violation(at: "direction", "must not be TO_CONTACT with only_recipient_originated")
            }
            direction = .toApp
        }
        guard source == .conversation || conversationID == nil && contactIDs.isEmpty else {
            throw .violation(
                at: conversationID == nil ? "contact_id" : "conversation_id", "goes with CONVERSATION_SOURCE alone")
        }
    }
}

/// The body of `messages:fetch-last-message`.
extension MessageQuery: RequestBody {
    init?(_ members: RequestMembers) {
        appID = members.text("app_id").nonEmpty
        channel = members.word("channel")
        direction = members.word("direction")
        from = members.time("start_time")?.date
        until = members.time("end_time")?.date
        source = members.word("messages_source") ?? .conversation
        let view: View? = members.word("view")
        hasMetadata = view != .withoutMetadata
        identities = members.texts("channel_identities") ?? []
        contactIDs = members.texts("contact_ids") ?? []
        let size = members.integer("page_size", in: 0...PageRequest.Sizes.messages.most)
        let token = members.text("page_token")
        let page = members.checked(at: "page_token") { () throws(MalformedRequest) in
            try PageRequest(size: size, token: token, .messages)
        }
        for (name, values) in [("channel_identities", identities), ("contact_ids", contactIDs)]
        where values.count > Self.mostIdentities {
            members.fault(at: name, "size must be at most \(Self.mostIdentities), and is \(values.count)")
        }
        if identities.isEmpty == contactIDs.isEmpty {
            members.fault("must have either channel_identities or contact_ids")
        } else if source == .dispatch, !contactIDs.isEmpty {
            members.fault(at: "contact_ids", "goes with CONVERSATION_SOURCE alone")
        }
        guard let page else { return nil }
        self.page = page
    }
}

/// The body that changes a message: its metadata, and nothing else.
struct MessageUpdate: Equatable, Sendable, RequestBody {
    let metadata: String

    init?(_ members: RequestMembers) {
        guard
            let metadata = members.has("metadata")
                ? members.text("metadata", atMost: SendRequest.longestMessageMetadata) : members.missing("metadata")
        else { return nil }
        self.metadata = metadata
    }
}

/// Which way a message went.
enum Direction: String, CaseIterable, Sendable {
    case toApp = "TO_APP"
    case toContact = "TO_CONTACT"
}
