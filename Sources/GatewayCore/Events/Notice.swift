/// What is told to a customer, with all that is needed to put it into words.
package enum Notice: Sendable {
    /// A message of the batch came into a state.
    case message(Message, Batch)
    /// Every message of the batch is final. Its messages by state, with recipients where the customer asked for them.
    case end(Batch, [Tally])
    /// A handset sent this.
    case inbound(Inbound)
}

/// How many messages of a batch are in one state.
package struct Tally: Sendable, Equatable {
    package let state: MessageState
    package let count: Int
    /// In the order of the batch; empty when only counts were asked for.
    package let recipients: [MSISDN]

    package init(state: MessageState, count: Int, recipients: [MSISDN] = []) {
        self.state = state
        self.count = count
        self.recipients = recipients
    }
}

/// One of the customer-facing APIs, as far as its webhooks go: who is told, and in which words.
package protocol NoticeWriter: Sendable {
    /// The call that tells the notice, or nil when the customer has no address for it any more.
    func call(for notice: Notice) throws -> WebhookCall?
    /// Where events of the owner go that name no address of their own; nil: nowhere.
    func address(of owner: Owner) -> String?
}

/// A POST to a customer, without the signature that depends on the time of sending.
package struct WebhookCall: Sendable {
    package var url: String
    /// JSON in UTF-8, the same bytes at every try.
    package var body: [UInt8]
    /// Signs the body when set.
    package var secret: Secret?
    package var credentials: CallbackCredentials

    package init(
        url: String, body: [UInt8], secret: Secret? = nil, credentials: CallbackCredentials = CallbackCredentials()
    ) {
        self.url = url
        self.body = body
        self.secret = secret
        self.credentials = credentials
    }
}
