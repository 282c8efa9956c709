package import GatewayCore

extension InboundDelivery {
    /// What an MMSC delivers that writes TransactionIDs: known again by that and by what is in its first copy.
    package init(linkedID: String?, transactionID: String?, answeredID: String? = nil, copies: [Copy]) {
        let inbound = copies.first?.inbound
        let media = inbound?.media.compactMap(\.stored?.hash) ?? []
        let content = [inbound?.from, inbound?.subject, inbound?.text].map { $0 ?? "" } + media
        self.init(
            linkedID: linkedID, transactionID: transactionID, fingerprint: content.joined(separator: "\n"),
            answeredID: answeredID, copies: copies)
    }
}
