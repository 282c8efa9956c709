/// What a customer's API notifies of in words of its own: something that is no message, as a contact that was made. It
/// is written down in the commit that makes it true.
package struct Notice: Sendable, Equatable {
    package let owner: Owner
    /// The API's name for what happened, by which it chooses the targets.
    package let name: String
    /// What happened, in a form of the API's own. The core keeps it and never reads it.
    package let text: String
    /// Where calls about it go; nil for the customer's own webhooks.
    package let callbackURL: String?
    /// The trace of the request that it comes from; nil where it comes from none.
    package var trace: Trace?

    package init(_ name: String, text: String, of owner: Owner, callbackURL: String? = nil, trace: Trace? = nil) {
        self.owner = owner
        self.name = name
        self.text = text
        self.callbackURL = callbackURL
        self.trace = trace
    }

    /// The server of its own callback address; empty where it has none.
    package var target: String { callbackURL.map { WebServer(of: $0).description } ?? "" }
}
