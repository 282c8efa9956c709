package import FoundationEssentials

/// A worker's hold on what one CancelReq takes back: all messages that the MMSC knows under one MessageID.
package struct Cancellation: Sendable, Equatable, Identifiable {
    package let mmsc: String
    /// The MessageID of the SubmitRsp.
    package let messageID: String
    /// Whom the SubmitReq named as its sender.
    package let originator: Originator?
    /// The messages of its SubmitReq that are not final.
    package let messages: [Message.ID]
    /// Whose messages they are; nil where it makes no difference to the MMSC.
    package let owner: Owner?
    /// CancelReqs begun so far, this one included.
    package let tries: Int
    /// The TransactionID of this CancelReq, and of one that repeats it. (TS 23.140, 8.7.3)
    package let transactionID: String
    /// The customer's number in the store.
    package let customer: Int
    /// The trace of the request that made the messages: of the first, where they have several.
    package let trace: Trace?
    /// The term of the lane's ownership in which it was claimed: see `LaneOwnership`.
    package var term = 0

    /// - Parameter messages: one at least.
    package init(
        mmsc: String, messageID: String, originator: Originator? = nil, messages: [Message.ID],
        owner: Owner? = nil, tries: Int, customer: Int = 0, trace: Trace? = nil
    ) {
        self.mmsc = mmsc
        self.messageID = messageID
        self.originator = originator
        self.messages = messages
        self.owner = owner
        self.tries = tries
        self.customer = customer
        self.trace = trace
        transactionID = "\(messages.min().map(String.init(describing:)) ?? messageID)-cancel"
    }

    package var id: String { messageID }
}

/// What the sender of CancelReqs to an MMSC asks the store for.
package struct CancellationRequest: Sendable {
    package var mmsc: String
    /// The most CancelReqs to claim.
    package var limit: Int
    /// How many each customer has in flight, by the customers' numbers in the store.
    package var share: FairShare<Int, Int>
    /// The MessageIDs whose CancelReqs are in flight, whatever their leases say: none of them is claimed again.
    package var ongoing: Set<String>
    package var now: Date
    /// The end of the lease: a claim without a result by then is due again.
    package var leaseUntil: Date

    package init(
        mmsc: String, limit: Int, share: FairShare<Int, Int> = FairShare(.cancellations, capacity: .max),
        except ongoing: Set<String> = [], now: Date, leaseUntil: Date
    ) {
        self.mmsc = mmsc
        self.limit = limit
        self.share = share
        self.ongoing = ongoing
        self.now = now
        self.leaseUntil = leaseUntil
    }
}

/// What is recorded of a CancelReq.
package enum CancellationResult: Sendable, Equatable {
    /// The MMSC took the messages back.
    case withdrawn
    /// The MMSC did not take them back and will not: their reports decide.
    case stays
    /// Nobody knows, or the MMSC could not do it now: the CancelReq is sent again at that time.
    case again(at: Date)
    /// The account or the configuration has to be repaired first; the CancelReq is sent again at that time. It was no
    /// try.
    case waits(until: Date)
    /// Nothing was sent. It was no try.
    case released
}
