/// The webhooks of one customer-facing API: where they are, and what they are called with.
package protocol CallWriter: Sendable {
    /// Where calls to a target go at this moment; nil: nowhere.
    func address(of target: String, of owner: Owner) -> String?
    /// The access token that calls to a target need at this moment; nil: none.
    func token(for target: String, of owner: Owner) -> TokenRequest?
    /// How many calls a second an owner's servers are to get at most; nil for no limit.
    func callsPerSecond(of owner: Owner) -> Double?
    /// The call that notifies a target of the event, the same words at every try; nil when there is nobody to notify any
    /// more.
    func body(of event: Event, to target: String) async throws -> WebhookCall?
}

extension CallWriter {
    package func token(for target: String, of owner: Owner) -> TokenRequest? { nil }
    package func callsPerSecond(of owner: Owner) -> Double? { nil }
}

/// The targets that an event has by its owner's API, each once, and after the one that it follows; none where nobody is
/// to be notified. It is asked in the commit that writes the event, so it decides from what it is given and does no I/O.
package typealias CallTargets = @Sendable (Event.Occasion) -> [CallTarget]

/// A POST to a customer, without the signature that depends on the time of sending.
package struct WebhookCall: Sendable {
    package var url: String
    /// JSON in UTF-8, the same bytes at every try.
    package var body: [UInt8]
    package var credentials: CallbackCredentials

    package init(url: String, body: [UInt8], credentials: CallbackCredentials = CallbackCredentials()) {
        self.url = url
        self.body = body
        self.credentials = credentials
    }
}
