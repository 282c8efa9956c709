import FoundationEssentials
import GatewayCore

/// Finds out what a message means that a handset sent to an app: with whom the app speaks there, what it answers, and who
/// is to be notified.
struct InboundInterpreter: Sendable {
    let store: StoreRoles
    let ids: ULIDGenerator
    let settings: ConversationAPI.Settings
    let log: InboundLog

    /// The most messages with choices that an answer is looked for in: the newest.
    private static let mostOffers = 50

    /// What is broken in the store is left out: the app gets the message all the same.
    ///
    /// - Throws: when the store does not answer for now.
    func reading(
        of inbound: Inbound, for app: Project.App, in project: Project, now: Date
    ) async throws(StoreFailure) -> InboundReading {
        let owner = Owner.app(app.id, project: project.id)
        var engagement: Engagement.Result?
        let given: Given
        switch app.processingMode {
        case .conversation:
            engagement = try await unlessBroken(owner) { () throws(StoreFailure) in
                try await engage(with: inbound, app, in: project, now: now)
            }
            given =
                try await unlessBroken(owner) { () throws(StoreFailure) in
                    try engagement.map { (found) throws(StoreFailure) in try Given(found.conversation) }
                } ?? Given()
        case .dispatch where app.dispatchRetention > .zero:
            given = try await lastGiven(to: inbound, by: app, in: project, now: now)
        case .dispatch: given = Given()
        }
        let choice = try await choice(inbound, of: owner)
        let contents = ReceivedMessage.Content.all(of: inbound, subject: settings.inboundSubject, choice: choice)
        // The first has the name of the whole.
        let names = [inbound.id] + (contents.count > 1 ? ids.next(contents.count - 1, at: now) : [])
        let received = ReceivedMessage(
            mode: app.processingMode, contactID: engagement?.contact.id.description ?? "",
            conversationID: engagement?.conversation.id.description ?? "", conversationMetadata: given.metadata,
            correlationID: given.correlationID, subject: settings.inboundSubject,
            parts: zip(names, contents).map { name, content in
                ReceivedMessage.Part(id: name, content: content, metadata: choice?.metadata ?? "")
            })
        return InboundReading(
            received, of: inbound, for: app, as: owner, in: engagement, by: settings)
    }

    /// What the app gave to whom it speaks with, for their answers.
    fileprivate struct Given {
        var metadata = ""
        var correlationID = ""
    }

    private func engage(
        with inbound: Inbound, _ app: Project.App, in project: Project, now: Date
    ) async throws(StoreFailure) -> Engagement.Result? {
        let identity = ChannelIdentity(.mms, inbound.from)
        let heardAt = inbound.receivedAt
        return try await store.conversations.engage(
            Engagement(of: app, in: project, with: .identity(identity.row), as: identity, ids: ids, now: now) {
                $0.activeChannel = .mms
                $0.lastReceived = max($0.lastReceived ?? heardAt, heardAt)
            }, now: now)
    }

    /// What came with the newest message to whom the inbound one is from.
    private func lastGiven(
        to inbound: Inbound, by app: Project.App, in project: Project, now: Date
    ) async throws(StoreFailure) -> Given {
        let filter = AppMessageFilter(
            app: app.id, direction: .toContact, channel: Channel.mms.rawValue,
            identities: [ChannelIdentity(.mms, inbound.from).identity])
        let last = try await unlessBroken(.app(app.id, project: project.id)) { () throws(StoreFailure) in
            try await store.messages.appMessages(of: project.id, matching: filter, after: nil, limit: 1, now: now)
                .elements.first
        }
        guard case .sent(let batch)? = last?.content, let sent = SentMessage(batch.order.echo) else { return Given() }
        return Given(metadata: sent.conversationMetadata?.text ?? "", correlationID: sent.correlationID)
    }

    private func choice(_ inbound: Inbound, of owner: Owner) async throws(StoreFailure) -> ChoiceResponse? {
        guard let text = inbound.possibleChoice else { return nil }
        let since = inbound.receivedAt.addingTimeInterval(-settings.choiceLife.seconds)
        let sent = try await unlessBroken(owner) { () throws(StoreFailure) in
            try await store.messages.offers(
                of: owner, from: inbound.to, to: inbound.from, since: since, limit: Self.mostOffers)
        }
        let offers = (sent ?? []).compactMap { Offer($0) }
        return ChoiceMatching.response(to: text, among: offers, now: inbound.receivedAt, within: settings.choiceLife)
    }

    /// Nil, and a line in the log, for what cannot be read from the store.
    private func unlessBroken<Value: Sendable>(
        _ owner: Owner, _ look: () async throws(StoreFailure) -> Value?
    ) async throws(StoreFailure) -> Value? {
        do throws(StoreFailure) {
            return try await look()
        } catch .broken(let reason) {
            log.isIncomplete(owner, reason)
            return nil
        }
    }
}

extension InboundReading {
    /// - Parameter engagement: the contact and the conversation, where the app keeps those.
    fileprivate init(
        _ received: ReceivedMessage, of inbound: Inbound, for app: Project.App, as owner: Owner,
        in engagement: Engagement.Result?, by settings: ConversationAPI.Settings
    ) {
        let isOfConversation = received.mode == .conversation
        let retention = settings.retention(of: app, isOfConversation: isOfConversation)
        let entries = received.parts.enumerated().map { number, part in
            AppMessageEntry(
                id: part.id, owner: owner, direction: .toApp, isOfConversation: isOfConversation,
                identity: ChannelIdentity(.mms, inbound.from).row, contact: engagement?.contact.id,
                conversation: engagement?.conversation.id, acceptedAt: inbound.receivedAt,
                keptUntil: retention.map { inbound.receivedAt + $0 }, body: .inbound(inbound.id, number: number))
        }
        let targets = received.parts.enumerated().flatMap { number, part in
            CallbackTarget.all(of: number, part, of: app).map(\.name)
        }
        self.init(echo: received.echo, entries: retention == .zero ? [] : entries, targets: targets)
    }
}

extension InboundInterpreter.Given {
    fileprivate init(_ stored: StoredConversation) throws(StoreFailure) {
        let conversation = try Conversation(stored)
        metadata = conversation.metadataJSON?.text ?? ""
        correlationID = conversation.correlationID
    }
}

extension Offer {
    /// Nil for a message that offers nothing, or is none of this API's.
    fileprivate init?(_ offer: AppOffer) {
        guard let sent = SentMessage(offer.batch.order.echo), !sent.choices.isEmpty else { return nil }
        self.init(
            messageID: offer.message.description, sentAt: offer.batch.createdAt, choices: sent.choices,
            metadata: sent.metadata)
    }
}
