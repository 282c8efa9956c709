import GatewayCore
import MM7

extension DeliveryReport {
    /// A report of an MMSC in the words of the domain.
    init(_ request: DeliveryReportReq) {
        self.init(
            messageID: request.messageID,
            recipient: request.recipient?.normalized,
            fate: ReportedFate(request.mmStatus),
            status: String(request.mmStatus.wireName.prefix(Self.longestText)),
            statusText: (request.statusText ?? request.statusExtension).map {
                String($0.prefix(Self.longestText)).withoutNumbers
            },
            at: request.date)
    }

    /// In characters. The words of an MMSC are kept for people to read; the reader's own limit is far above that.
    private static let longestText = 200
}
