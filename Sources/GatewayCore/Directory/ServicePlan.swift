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
    /// What the receiver of the calls wants to see beside that.
    package var callbackAccess = CallbackCredentials()
    /// The project whose access tokens open the plan under the project's id.
    package var project: String?
    /// Whether a text batch goes out as an MMS of text alone; else it is refused.
    package var sendsTextAsMMS = false
    /// Whether placeholders of a subject are filled in too.
    package var hasSubjectParameters = false
    /// Calls of the API per second; nil for no limit.
    package var requestsPerSecond: Double?
    /// Where media of its inbound messages goes; nil: the gateway keeps it and makes the links.
    package var storage: Bucket?

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
    @inlinable
    package func accepts(token: some StringProtocol) -> Bool {
        apiTokens.reduce(false) { found, candidate in candidate.matches(token) || found }
    }
}

/// HTTP Basic and headers that a customer's webhook asks for.
package struct CallbackCredentials: Sendable {
    package var login: MMSC.Login?
    /// In the order of the configuration.
    package var headers: [(name: String, value: Secret)] = []

    package init(login: MMSC.Login? = nil, headers: [(name: String, value: Secret)] = []) {
        self.login = login
        self.headers = headers
    }
}
