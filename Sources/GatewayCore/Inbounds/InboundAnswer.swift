package import FoundationEssentials

/// Messages of ours that an inbound message may answer.
package enum InboundAnswer {
    /// How long after a message an inbound message from its recipient is an answer to it.
    package static let life = Duration.seconds(72 * 3600)

    /// A message of ours to which an MMSC gave the MessageID that an inbound message names.
    package struct Candidate: Sendable, Equatable {
        /// The customer's number in the store.
        package let owner: Int
        package let recipient: String
        /// What the customer calls it.
        package let reference: String?

        package init(owner: Int, recipient: String, reference: String?) {
            self.owner = owner
            self.recipient = recipient
            self.reference = reference
        }

        /// Whether the message's name is shown to a customer: no customer sees the names of another's messages.
        package func isKnown(to owner: Int) -> Bool { self.owner == owner }
    }

    /// The answered message among those with its MessageID, the newest first: one to that handset. A MessageID alone
    /// proves nothing, as the MMSC may name what comes in from the same small numbers.
    package static func message(to handset: String, among candidates: [Candidate]) -> Candidate? {
        guard hasNumber(handset) else { return nil }
        return candidates.first { $0.recipient.hasSuffix(handset.suffix(digits)) }
    }

    /// Whether a sender is a number that a message of ours may have gone to.
    package static func hasNumber(_ handset: String) -> Bool { handset.utf8.count >= digits }

    /// The last digits in which numbers have to agree, however each is written.
    private static let digits = 7

    /// When a message was sent that is answered at that time.
    package static func sent(before time: Date) -> ClosedRange<Date> { time + (.zero - life)...time }

    /// When such a message expires: it is sent before that, and expires within its longest life.
    package static func expiring(before time: Date) -> ClosedRange<Date> {
        time + (.zero - life)...time + Order.longestValidity
    }
}
