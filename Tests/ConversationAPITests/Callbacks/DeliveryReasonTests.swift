import GatewayCore
import Testing

@testable import ConversationAPI

@Suite("Reasons of failure")
struct DeliveryReasonTests {
    @Test(
        "each end of a message has its code",
        arguments: [
            (.unroutable, "RECIPIENT_NOT_REACHABLE"), (.internalError, "INTERNAL_ERROR"),
            (.unmatchedParameter, "BAD_REQUEST"), (.expiredInQueue, "DELIVERY_TIMED_OUT"),
            (.triesUsedUp, "CHANNEL_FAILURE"), (.rateLimited, "RATE_LIMITED"),
            (.mediaUnreachable, "MEDIA_NOT_REACHABLE"), (.mediaTooLarge, "MEDIA_TOO_LARGE"),
            (.mediaTypeUnsupported, "MEDIA_TYPE_UNSUPPORTED"),
            (.mediaTypeUndetermined, "MEDIA_TYPE_UNSUPPORTED MEDIA_TYPE_UNDETERMINED"),
            (.mediaUnreadable, "MEDIA_TYPE_UNSUPPORTED"), (.mediaAgainstRules, "MEDIA_TOO_LARGE"),
            (.refusedByMMSC, "CHANNEL_REJECT"), (.invalidRecipient, "RECIPIENT_INVALID_CHANNEL_IDENTITY"),
            (.contentRejected, "DELIVERY_REJECTED_DUE_TO_POLICY ATTACHMENT_REJECTED"),
            (.messageTooLarge, "MEDIA_TOO_LARGE"), (.badConfiguration, "CHANNEL_BAD_CONFIGURATION"),
            (.notProvisioned, "CHANNEL_BAD_CONFIGURATION"),
            (.senderInactive, "CHANNEL_BAD_CONFIGURATION INACTIVE_SENDER"), (.refusedByNetwork, "CHANNEL_REJECT"),
            (.recipientBlocked, "RECIPIENT_NOT_OPTED_IN"), (.notSupported, "UNSUPPORTED_OPERATION"),
            (.unreachable, "RECIPIENT_NOT_REACHABLE"), (.unrecognised, "CHANNEL_REJECT"),
            (.undelivered, "CHANNEL_FAILURE"),
        ] as [(MessageState.Failure, String)])
    func codes(failure: MessageState.Failure, words: String) {
        let reason = DeliveryReason(failure, isReported: false, text: nil)

        let subCode = reason.subCode == .unspecified ? "" : " \(reason.subCode.rawValue)"
        #expect(reason.code.rawValue + subCode == words)
        #expect(!reason.description.isEmpty)
    }

    @Test("a refusal that speaks of rules or content is one of policy")
    func policy() {
        let reason = DeliveryReason(.refusedByNetwork, isReported: true, text: "Blocked by Policy")

        #expect(
            reason
                == DeliveryReason(.deliveryRejectedDueToPolicy, "The underlying channel reported: Blocked by Policy"))
    }

    @Test(
        "nothing is told of a message that is on its way", arguments: [MessageState.queued, .submitting, .inDoubt])
    func silent(state: MessageState) {
        #expect(DeliveryStatus(state, text: nil) == nil)
    }

    @Test("every final state is told", arguments: MessageState.allFinal)
    func final(state: MessageState) {
        #expect(DeliveryStatus(state, text: nil) != nil)
    }

    @Test("a message that the channel cancelled has failed by its rejection")
    func cancelled() {
        #expect(DeliveryStatus(.cancelled, text: nil)?.reason?.code == .channelReject)
    }

    @Test("a message without final report in time has failed by time")
    func unknown() {
        #expect(DeliveryStatus(.unknown, text: nil)?.reason?.code == .deliveryTimedOut)
    }
}
