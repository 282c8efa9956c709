package import FoundationEssentials

/// What a customer asks for: the same content for one or many recipients, and when, and what to be notified of.
package struct Order: Sendable, Equatable {
    /// Numbers and groups as the customer gave them, numbers normalised.
    package var recipients: [String]
    package var originator: Originator
    package var content: Content
    package var parameters: Parameters
    /// When to begin, if the customer said so. A time in the past means at once.
    package var sendAt: Date?
    /// After this moment nothing is sent any more.
    package var expireAt: Date
    /// Where calls about the batch go; nil for the customer's own webhooks.
    package var callbackURL: String?
    /// The customer's own name for it.
    package var reference: String?
    package var interest: Interest
    package var echo: Echo

    package init(
        to recipients: [String], from originator: Originator, content: Content, parameters: Parameters = Parameters(),
        sendAt: Date? = nil, expireAt: Date, callbackURL: String? = nil, reference: String? = nil,
        interest: Interest = [], echo: Echo = Echo()
    ) {
        self.recipients = recipients
        self.originator = originator
        self.content = content
        self.parameters = parameters
        self.sendAt = sendAt
        self.expireAt = expireAt
        self.callbackURL = callbackURL
        self.reference = reference
        self.interest = interest
        self.echo = echo
    }

    /// The groups among the recipients.
    package var groups: [Group.ID] { recipients.groupIDs }

    /// The longest life of a message, and its life when the customer names no end: three days.
    package static let longestValidity: Duration = .seconds(3 * 24 * 3600)

    /// The end of an order that names none.
    package static func defaultEnd(sendAt: Date?, now: Date) -> Date {
        max(sendAt ?? now, now).wholeMilliseconds + longestValidity
    }
}

/// Text that a customer's API writes into an order, to give back later what it was asked for. The core keeps it and
/// never reads it.
package struct Echo: Sendable, Hashable {
    /// Empty where there is nothing to give back.
    package var text: String

    package init(_ text: String = "") {
        self.text = text
    }
}
