import CustomerServing
import GatewayCore

/// Why a request was not carried out, in the terms of this API.
///
/// A text for people names the member, the limit and what was found. It repeats no content and no number.
enum SMSAPIError: Error, Equatable {
    /// For a reason that every customers' API has.
    case refused(CallRefusal)

    // It is well formed, and not allowed.

    case alreadyDispatched(Batch.ID)
    case groupNameTaken
    case unknownGroup(ULID)
    case missingCallbackURL
    /// A text or binary batch.
    case unsupportedType(String)

    // There is no such thing.

    case noSuchBatch(Batch.ID)
    case noSuchGroup(Group.ID)
    case noSuchInbound(Inbound.ID)
    /// The batch exists; the number is not one of its recipients.
    case noSuchRecipient
}
