import FoundationEssentials
import GatewayCore

/// One recipient of a batch on the way to a message.
struct BatchEntry: Sendable {
    let place: Int
    let recipient: Recipient
    /// The message with the recipient's values in it, or why there is none.
    let outgoing: Result<Outgoing, DeliveryReason>
    private let metadata: String
    private let batch: AppBatch.ID

    /// - Parameter place: of the recipient, in the request.
    init(_ place: Int, of request: BatchSendRequest, as batch: AppBatch.ID) {
        let entry = request.recipients[place]
        let batchID = batch.description
        self.place = place
        self.batch = batch
        recipient = entry.recipient
        metadata = request.messageMetadata(of: entry, batchID: batchID)
        do throws(DeliveryReason) {
            var outgoing = Outgoing(try request.message.message(with: entry.parameters), request.options)
            outgoing.metadata = metadata
            outgoing.correlationID = request.correlationID ?? ""
            outgoing.conversationMetadata = request.conversationMetadata(of: entry, batchID: batchID)
            outgoing.batchPlace = .init(batchID: batchID, index: place)
            outgoing.siblings = request.recipients.count
            self.outgoing = .success(outgoing)
        } catch {
            outgoing = .failure(error)
        }
    }

    /// What is written down of one that failed before there was a message; nil where nobody is to hear of it.
    func receipt(
        _ reason: DeliveryReason, of request: BatchSendRequest, by acceptance: Acceptance, now: Date
    ) -> Notice? {
        let correspondence: Correspondence
        let mode = request.options.mode(in: acceptance.app.processingMode)
        switch recipient {
        case .contact(let id):
            correspondence = Correspondence(identity: ChannelIdentity(.mms, ""), mode: mode, contactID: id)
        case .identities(let identities):
            let identity = identities.first { $0.channel == .mms } ?? identities.first
            correspondence = Correspondence(identity: identity ?? ChannelIdentity(.mms, ""), mode: mode)
        }
        let report = DeliveryReportBody(
            messageID: "", correspondence: correspondence, status: .failed(reason), metadata: metadata,
            batchPlace: .init(batchID: batch.description, index: place))
        return acceptance.project.notice(
            of: .delivery(report), toApp: acceptance.app.id, callbackURL: request.options.callbackURL,
            correlationID: request.correlationID ?? "", at: now)
    }
}
