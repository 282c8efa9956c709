/// An address at which a customer is notified.
package struct Webhook: Sendable {
    package var url: String
    package var credentials: CallbackCredentials

    package init(url: String, credentials: CallbackCredentials = CallbackCredentials()) {
        self.url = url
        self.credentials = credentials
    }
}

/// How a customer's server recognises our calls.
package struct CallbackCredentials: Sendable {
    /// Signs every call when set.
    package var secret: Secret?
    /// HTTP Basic that it asks for.
    package var login: MMSC.Login?
    /// Headers that it asks for, in the order of the configuration.
    package var headers: [(name: String, value: Secret)] = []
    /// The access token that it asks for; nil for none.
    package var token: TokenRequest?

    package init(secret: Secret? = nil) {
        self.secret = secret
    }
}
