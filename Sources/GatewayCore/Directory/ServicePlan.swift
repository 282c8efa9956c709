/// A customer of the SMS REST API.
package struct ServicePlan: Sendable {
    package var id: String
    package var apiTokens: [Secret]
    /// Used when a request has no `from`.
    package var defaultOriginator: Originator?
    /// Numbers and short codes whose inbound messages belong here.
    package var numbers: [String]
    /// Where events go when a batch names no `callback_url`.
    package var callbackURL: String?
    /// Signs every call when set.
    package var callbackSecret: Secret?

    package init(
        id: String, apiTokens: [Secret], defaultOriginator: Originator? = nil, numbers: [String] = [],
        callbackURL: String? = nil, callbackSecret: Secret? = nil
    ) {
        self.id = id
        self.apiTokens = apiTokens
        self.defaultOriginator = defaultOriginator
        self.numbers = numbers
        self.callbackURL = callbackURL
        self.callbackSecret = callbackSecret
    }

    /// Whether one of the tokens is this one. Every token is compared, so that the time says nothing.
    package func accepts(token: some StringProtocol) -> Bool {
        apiTokens.reduce(false) { found, candidate in candidate.matches(token) || found }
    }
}
