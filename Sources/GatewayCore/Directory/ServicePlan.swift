/// A customer of the SMS REST API, as the configuration has it.
package struct ServicePlan: Sendable {
    package let id: String
    package var customer: Customer
    package var apiTokens: [KnownSecret]
    /// The project whose access tokens open the plan under the project's id. The plan stands for those of its
    /// apps that have no webhooks.
    package var project: String?
    /// Whether a text batch goes out as an MMS of text alone; else it is refused.
    package var sendsTextAsMMS = false
    /// Whether placeholders of a subject are filled in too.
    package var hasSubjectParameters = false

    package init(
        id: String, apiTokens: [Secret], defaultOriginator: Originator? = nil, numbers: [String] = [],
        callbackURL: String? = nil, callbackSecret: Secret? = nil
    ) {
        self.id = id
        self.apiTokens = apiTokens.map(KnownSecret.init)
        customer = Customer(.servicePlan(id))
        customer.defaultOriginator = defaultOriginator
        customer.numbers = numbers
        setCallback(callbackURL, CallbackCredentials(secret: callbackSecret))
    }

    /// - Parameter url: where events go when a batch names no address; nil: nowhere.
    package mutating func setCallback(_ url: String?, _ credentials: CallbackCredentials) {
        customer.webhooks = url.map { [Webhook(url: $0, credentials: credentials)] } ?? []
        customer.callbackCredentials = credentials
    }

    /// Whether one of the tokens is this one.
    package func accepts(token: some StringProtocol) -> Bool { apiTokens.accept(token) }
}
