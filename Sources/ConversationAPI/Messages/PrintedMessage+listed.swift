import CustomerServing
import FoundationEssentials
import GatewayCore
import HTTPServing

extension PrintedMessage {
    /// A message of a list, as the API prints it.
    ///
    /// - Throws: `.broken` for what this API cannot have written.
    init(_ listed: ListedAppMessage, links: any MediaLinks, now: Date) throws(StoreFailure) {
        switch listed.content {
        case .sent(let batch):
            guard let sent = SentMessage(batch.order.echo) else { throw listed.withoutEcho }
            self.init(
                id: listed.id.description, content: .toContact(JSONVerbatim(sent.appMessage)),
                correspondence: sent.correspondence, metadata: sent.metadata,
                acceptTime: Timestamp(listed.entry.acceptedAt))
        case .received(let inbound):
            guard let number = listed.number,
                let body = ReceivedMessage(inbound.echo)?
                    .printed(number, of: inbound, url: { links.url(of: $0, now: now) })
            else { throw listed.withoutEcho }
            self = body.printed
        }
    }

    /// About how many octets it takes.
    var byteCount: Int { textBytes + 1024 }

    private var textBytes: Int {
        switch content {
        case .toContact(let message): message.byteCount + metadata.utf8.count
        case .toApp(let message): message.textBytes + metadata.utf8.count
        }
    }

    /// The message as a list without metadata has it.
    var withoutMetadata: PrintedMessage {
        var message = self
        message.metadata = ""
        return message
    }
}

extension ListedAppMessage {
    /// Which of the messages of an inbound one it is.
    var number: Int? { if case .inbound(_, let number) = entry.body { number } else { nil } }

    /// The same with other metadata.
    ///
    /// - Throws: `.broken` for what this API cannot have written.
    func withMetadata(_ metadata: String) throws(StoreFailure) -> ListedAppMessage {
        switch content {
        case .sent(var batch):
            guard var sent = SentMessage(batch.order.echo) else { throw withoutEcho }
            sent.metadata = metadata
            batch.order.echo = sent.echo
            return ListedAppMessage(entry, .sent(batch))
        case .received(var inbound):
            guard let number, var received = ReceivedMessage(inbound.echo), received.parts.indices.contains(number)
            else { throw withoutEcho }
            received.parts[number].metadata = metadata
            inbound.echo = received.echo
            return ListedAppMessage(entry, .received(inbound))
        }
    }

    fileprivate var withoutEcho: StoreFailure { .broken("message \(id) has no echo of this API") }
}

extension ContactMessage {
    fileprivate var textBytes: Int {
        switch body {
        case .text(let text): text.utf8.count
        case .media(let url): url.utf8.count
        case .mediaCard(let url, let caption): url.utf8.count + caption.utf8.count
        case .choice(let choice): choice.postback.utf8.count
        case .fallback: 0
        }
    }
}
