import CustomerServing
import FoundationEssentials
import GatewayCore
import HTTPServing

/// Puts events into the words of this API.
struct CallbackWriter: Sendable {
    let links: any MediaLinks
    let clock: any DomainClock

    /// The body of a call; nil where its kind says nothing of such an event.
    ///
    /// - Throws: `.broken` for what this API cannot have kept.
    func body(
        of event: Event, as kind: CallbackTarget.Kind, of app: String, in project: String
    ) throws(StoreFailure) -> [UInt8]? {
        let callback: Callback?
        switch (event.subject, kind) {
        case (.message(let message, let batch), .delivery):
            let sent = try SentMessage(of: batch)
            callback = sent.status(message).map { status in
                Callback(
                    on: message, sent, of: app, in: project,
                    .delivery(
                        DeliveryReportBody(
                            messageID: message.id.description, correspondence: sent.correspondence, status: status,
                            metadata: sent.metadata, batchPlace: sent.batchPlace)))
            }
        case (.message(let message, let batch), .submit):
            let sent = try SentMessage(of: batch)
            callback = Callback(
                on: message, sent, of: app, in: project,
                .submit(
                    SubmitNotification(
                        messageID: message.id.description, correspondence: sent.correspondence,
                        message: JSONVerbatim(sent.appMessage), metadata: sent.metadata)))
        case (.inbound(let inbound), .inbound(let number)):
            let received = try ReceivedMessage(of: inbound)
            let now = clock.now()
            callback = received.printed(number, of: inbound) { links.url(of: $0, now: now) }.map { message in
                Callback(on: inbound, received, of: app, in: project, .inbound(message))
            }
        case (.inbound(let inbound), .unsupported(let number)):
            let received = try ReceivedMessage(of: inbound)
            callback = received.unsupported(number, of: inbound).map { unsupported in
                Callback(on: inbound, received, of: app, in: project, .unsupported(unsupported))
            }
        case (.notice(let notice), .notice): return Array(notice.text.utf8)
        default: callback = nil
        }
        return callback.map { JSONText.bytes(of: $0) }
    }
}

extension Callback {
    /// About a message that the app sent.
    fileprivate init(
        on message: Message, _ sent: SentMessage, of app: String, in project: String, _ event: Event
    ) {
        self.init(
            appID: app, projectID: project, acceptedTime: Timestamp(message.changedAt),
            eventTime: Timestamp(message.networkTime ?? message.changedAt), correlationID: sent.correlationID,
            event: event)
    }

    /// About a message that a handset sent.
    fileprivate init(
        on inbound: Inbound, _ received: ReceivedMessage, of app: String, in project: String, _ event: Event
    ) {
        self.init(
            appID: app, projectID: project, acceptedTime: Timestamp(inbound.receivedAt),
            eventTime: Timestamp(inbound.sentAt ?? inbound.receivedAt),
            messageMetadata: received.conversationMetadata, correlationID: received.correlationID, event: event)
    }
}

extension SentMessage {
    /// - Throws: `.broken` where the batch has no such echo.
    init(of batch: Batch) throws(StoreFailure) {
        guard let sent = SentMessage(batch.order.echo) else {
            throw .broken("the echo of batch \(batch.id) is none of the Conversation API's")
        }
        self = sent
    }
}

extension ReceivedMessage {
    /// - Throws: `.broken` where nobody has read the message.
    init(of inbound: Inbound) throws(StoreFailure) {
        guard let received = ReceivedMessage(inbound.echo) else {
            throw .broken("the echo of inbound message \(inbound.id) is none of the Conversation API's")
        }
        self = received
    }

    /// One of its messages as something that the API has no word for; nil for what it has one for.
    fileprivate func unsupported(_ number: Int, of inbound: Inbound) -> UnsupportedCallback? {
        guard parts.indices.contains(number), case .unsupported(let reason) = parts[number].content else { return nil }
        return UnsupportedCallback(
            correspondence: correspondence(in: inbound), payload: reason.description,
            id: parts[number].id.description)
    }
}
