package import FoundationEssentials

/// What an operator looks for among all messages.
package enum Search: Sendable, Equatable {
    /// Messages to a number, and inbound messages from it.
    case number(MSISDN)
    /// Messages under a customer's client reference or an MMSC's MessageID, and inbound messages that carry that
    /// reference.
    case reference(String)
}

/// A message that a search found; `show` has more about each.
package struct Finding: Sendable, Equatable {
    package enum Direction: Sendable, Equatable {
        /// A message of a customer, in that state.
        case outbound(MessageState, batch: Batch.ID)
        /// A message from a handset to that number.
        case inbound(to: String)
    }

    package var id: ULID
    package var direction: Direction
    /// When the customer's request or the MMSC's post was taken.
    package var at: Date
    /// The subscriber's number: the recipient of an outbound message, the sender of an inbound one.
    package var number: String
    /// The MMSC that was given it last, or that brought it.
    package var mmsc: String?
    /// Nil for an unowned inbound message.
    package var owner: Owner?
    package var reference: String?

    package init(
        id: ULID, direction: Direction, at: Date, number: String, mmsc: String?, owner: Owner?, reference: String?
    ) {
        self.id = id
        self.direction = direction
        self.at = at
        self.number = number
        self.mmsc = mmsc
        self.owner = owner
        self.reference = reference
    }
}
