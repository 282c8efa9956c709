/// A DeliverReq as the domain sees it. (TS 23.140, 8.7.3)
package struct InboundDelivery: Sendable, Equatable {
    /// What the MMSC calls it: its own id for it, or that of the message of ours that it answers.
    package let linkedID: String?
    /// The TransactionID of the exchange; nil or empty where the MMSC gives it none.
    package let transactionID: String?
    /// A digest of its sender, subject and parts. An identifier alone makes no repetition: MMSCs begin to count anew,
    /// and some write a constant.
    package let fingerprint: String
    /// The message of ours that the MMSC says it answers, by its MessageID.
    package let answeredID: String?
    /// One copy for each recipient.
    package let copies: [Copy]
    /// The delivery is taken only while fewer unowned messages without a named recipient are kept; nil for no such
    /// bound.
    package let unownedLimit: Int?

    package init(
        linkedID: String?, transactionID: String?, fingerprint: String, answeredID: String? = nil, copies: [Copy],
        unownedLimit: Int? = nil
    ) {
        self.unownedLimit = unownedLimit
        self.linkedID = linkedID
        self.transactionID = transactionID
        self.fingerprint = fingerprint
        self.answeredID = answeredID
        self.copies = copies
    }

    package struct Copy: Sendable, Equatable {
        package let inbound: Inbound
        /// Whether its owner is notified by a webhook.
        package let notifiesOwner: Bool
        /// Where its media goes into its owner's bucket: the owner is notified when that has ended. Nil: the gateway
        /// keeps the media.
        package let uploadToken: UploadToken?
        /// Whether its owner's API has to read it before anybody is notified: see `UnreadInbounds`.
        package let isUnread: Bool

        package init(
            _ inbound: Inbound, notifiesOwner: Bool, uploadToken: UploadToken? = nil, isUnread: Bool = false
        ) {
            self.inbound = inbound
            self.notifiesOwner = notifiesOwner
            self.uploadToken = uploadToken
            self.isUnread = isUnread
        }
    }
}

/// What became of a DeliverReq.
package enum InboundResult: Sendable, Equatable {
    /// It was taken: these are its new copies.
    case taken([Inbound.ID])
    /// As `taken`, though the MMSC gave it the identifier that it gave another message of the last day.
    case takenAnew([Inbound.ID])
    /// All of it came before.
    case repeated
    /// It was not taken: as many as its bound allows are kept.
    case full
}
