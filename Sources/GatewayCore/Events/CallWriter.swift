/// The webhooks of one customer-facing API: who is notified, and in which words.
package protocol CallWriter: Sendable {
    /// The targets that an event has, each once and under a short name; none where nobody is to be notified. It is asked in the
    /// commit that writes the event, so it decides from what it is given and does no I/O.
    static func targets(of occasion: Event.Occasion, in directory: Directory) -> [String]
    /// Where calls to a target go at this moment; nil: nowhere.
    func address(of target: String, of owner: Owner) -> String?
    /// How many calls a second an owner's servers are to get at most; nil for no limit.
    func callsPerSecond(of owner: Owner) -> Double?
    /// The call that notifies a target of the event, the same words at every try; nil when there is nobody to notify any
    /// more.
    func body(of event: Event, to target: String) async throws -> WebhookCall?
}

extension CallWriter {
    package func callsPerSecond(of owner: Owner) -> Double? { nil }
}

/// The targets of an event, as `CallWriter.targets` names them.
package typealias CallTargets = @Sendable (Event.Occasion) -> [String]

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
