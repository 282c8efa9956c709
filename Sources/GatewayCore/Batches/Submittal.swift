package import FoundationEssentials

/// What either REST API makes of a valid request, before it has identifiers and times of its own.
package struct Submittal: Sendable {
    package var owner: Owner
    /// `to` as it will be echoed.
    package var recipients: [String]
    /// The numbers to send to, each once, in the order given.
    package var numbers: [MSISDN]
    package var originator: Originator
    package var isOriginatorDefault: Bool
    package var content: Batch.Content
    package var parameters: Parameters
    package var reporting: Batch.Reporting
    package var callbackURL: String?
    package var clientReference: String?
    package var isFeedbackEnabled: Bool
    package var strictValidation: Bool?
    package var tags: [String]
    package var sendAt: Date?
    /// Absent: three days after the beginning.
    package var expireAt: Date?

    package init(
        owner: Owner, recipients: [String], numbers: [MSISDN], originator: Originator, isOriginatorDefault: Bool,
        content: Batch.Content, parameters: Parameters = Parameters(), reporting: Batch.Reporting = .none,
        callbackURL: String? = nil, clientReference: String? = nil, isFeedbackEnabled: Bool = false,
        strictValidation: Bool? = nil, tags: [String] = [], sendAt: Date? = nil, expireAt: Date? = nil
    ) {
        self.owner = owner
        self.recipients = recipients
        self.numbers = numbers
        self.originator = originator
        self.isOriginatorDefault = isOriginatorDefault
        self.content = content
        self.parameters = parameters
        self.reporting = reporting
        self.callbackURL = callbackURL
        self.clientReference = clientReference
        self.isFeedbackEnabled = isFeedbackEnabled
        self.strictValidation = strictValidation
        self.tags = tags
        self.sendAt = sendAt
        self.expireAt = expireAt
    }

    /// The groups among the recipients.
    package var groups: [Group.ID] { recipients.groupIDs }

    /// The longest life of a message, and its life when the customer names no end: three days.
    package static let longestValidity: Duration = .seconds(3 * 24 * 3600)

    /// The batch and its messages: named, dated, each recipient once and routed to an MMSC.
    ///
    /// A number that no route covers is aborted here, as part of the same commit. Members of groups are added by the
    /// store, when the batch begins.
    package func accepted(now: Date, expansion: Expansion) -> (Batch, [Message]) {
        let now = now.wholeMilliseconds
        let batch = batch(id: expansion.ids.next(at: now), createdAt: now, now: now)
        return (batch, messages(of: batch.id, now: now, expansion: expansion))
    }

    /// The batch in the place of another: it keeps the other's id and age.
    package func replacing(_ other: Batch, now: Date, expansion: Expansion) -> (Batch, [Message]) {
        let now = now.wholeMilliseconds
        var batch = batch(id: other.id, createdAt: other.createdAt, now: now)
        batch.modifiedAt = now
        batch.tags = other.tags
        batch.revision = other.revision
        return (batch, messages(of: batch.id, now: now, expansion: expansion))
    }

    private func batch(id: Batch.ID, createdAt: Date, now: Date) -> Batch {
        Batch(
            id: id, owner: owner, recipients: recipients, originator: originator,
            isOriginatorDefault: isOriginatorDefault, content: content, parameters: parameters, reporting: reporting,
            callbackURL: callbackURL, clientReference: clientReference, isFeedbackEnabled: isFeedbackEnabled,
            strictValidation: strictValidation, createdAt: createdAt, sendAt: sendAt?.wholeMilliseconds,
            expireAt: expireAt?.wholeMilliseconds ?? (max(sendAt ?? now, now).wholeMilliseconds + Self.longestValidity),
            tags: tags)
    }

    private func messages(of batch: Batch.ID, now: Date, expansion: Expansion) -> [Message] {
        var seen = Set<MSISDN>(minimumCapacity: numbers.count)
        return expansion.messages(to: numbers.filter { seen.insert($0).inserted }, of: batch, now: now)
    }
}
