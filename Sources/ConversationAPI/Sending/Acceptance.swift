import FoundationEssentials
import GatewayCore

/// How an app's messages become what the store takes. Whatever is wrong with one that was accepted is a message that has
/// ended already, so that its app is notified of it like of any other.
struct Acceptance: Sendable {
    let app: Project.App
    let project: Project
    let directory: Directory
    let settings: ConversationAPI.Settings
    let ids: ULIDGenerator
    /// The trace of the request.
    var trace: Trace?

    var owner: Owner { .app(app.id, project: project.id) }

    /// The message of an outgoing one, at that moment.
    ///
    /// - Parameter engagement: the contact and the conversation, where the app keeps those; nil where it does not, and
    ///   where the message goes nowhere.
    func send(
        _ outgoing: Outgoing, to destination: Destination, in engagement: Engagement.Result? = nil, now: Date
    ) -> AppSend {
        let now = now.wholeMilliseconds
        let blocks = outgoing.names ?? ids.next(2, at: now)
        var sent = SentMessage(
            appMessage: outgoing.message.source.text,
            correspondence: Correspondence(
                identity: destination.identity, mode: outgoing.options.mode(in: app.processingMode),
                conversationID: engagement?.conversation.id.description ?? "",
                contactID: engagement?.contact.id.description ?? ""))
        sent.metadata = outgoing.metadata
        sent.correlationID = outgoing.correlationID
        sent.conversationMetadata = engagement == nil ? outgoing.conversationMetadata : nil
        sent.batchPlace = outgoing.batchPlace
        let order: Order
        let message: Message
        do throws(DeliveryReason) {
            let (number, sender, rendering) = try sendable(outgoing, to: destination)
            sent.choices = rendering.choices
            order = self.order(
                of: outgoing, to: [number.digits], from: sender, rendering.content, echo: sent.echo, now: now)
            let carriers = directory.routes.carriers(for: number)
            message = Message(
                id: blocks[1], batch: blocks[0], recipient: number, carriers: carriers,
                state: carriers == nil ? .aborted(.unroutable) : .queued, changedAt: now)
        } catch {
            sent.reason = error
            let number = try? destination.number.get()
            order = self.order(of: outgoing, to: [], from: .nobody, Content(), echo: sent.echo, now: now)
            message = Message(
                id: blocks[1], batch: blocks[0], recipient: number ?? .nobody, carriers: nil,
                state: .aborted(.unsendable), changedAt: now, statusText: PeerText(error.description))
        }
        var batch = Batch(order, id: blocks[0], owner: owner, createdAt: now)
        batch.trace = trace
        return AppSend(
            batch, message,
            entry: entry(of: message, sent, in: engagement), isUrgent: outgoing.isUrgent,
            siblings: outgoing.siblings, isOffer: !sent.choices.isEmpty)
    }

    /// What an MMSC is given.
    ///
    /// - Throws: the first reason why there is nothing to give.
    private func sendable(
        _ outgoing: Outgoing, to destination: Destination
    ) throws(DeliveryReason) -> (MSISDN, Originator, MMSRendering) {
        let number = try destination.number.get()
        let properties = outgoing.options.properties
        let sender = try properties.originator(
            default: directory.defaultOriginator(of: app.customer(of: project), to: [number]))
        let rendering = try MMSRendering(outgoing.message, style: settings.style, isStrict: properties.isStrict)
        return (number, sender, rendering)
    }

    private func order(
        of outgoing: Outgoing, to recipients: [String], from sender: Originator, _ content: Content, echo: Echo,
        now: Date
    ) -> Order {
        Order(
            to: recipients, from: sender, content: content, expireAt: end(of: outgoing, now: now),
            callbackURL: outgoing.options.callbackURL, interest: interest, echo: echo)
    }

    /// The end of its time to live, as far as any message may live.
    private func end(of outgoing: Outgoing, now: Date) -> Date {
        let latest = now + Order.longestValidity
        return outgoing.options.ttlSeconds.map { min(now + .seconds($0), latest) } ?? latest
    }

    /// The end of each message; that an MMSC has taken it where somebody wants to know.
    private var interest: Interest {
        let wantsSubmit = app.webhooks.contains { $0.triggers.contains(.messageSubmit) }
        return settings.notifiesQueued || wantsSubmit ? [.submitted, .final] : .final
    }

    /// Its line in lists; nil where its app keeps none.
    private func entry(
        of message: Message, _ sent: SentMessage, in engagement: Engagement.Result?
    ) -> AppMessageEntry? {
        let isOfConversation = sent.correspondence.mode == .conversation
        let retention = settings.retention(of: app, isOfConversation: isOfConversation)
        if retention == .zero { return nil }
        return AppMessageEntry(
            id: message.id, owner: owner, direction: .toContact, isOfConversation: isOfConversation,
            identity: sent.correspondence.identity.row, contact: engagement?.contact.id,
            conversation: engagement?.conversation.id, acceptedAt: message.changedAt,
            keptUntil: retention.map { message.changedAt + $0 }, body: .batch(message.batch))
    }
}

extension MSISDN {
    /// Stands in a message that is not sent because it has no recipient.
    fileprivate static let nobody = MSISDN(storedDigits: "")
}
