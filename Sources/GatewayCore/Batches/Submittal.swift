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
    package var sendAt: Date?
    /// Absent: three days after the beginning.
    package var expireAt: Date?

    package init(
        owner: Owner, recipients: [String], numbers: [MSISDN], originator: Originator, isOriginatorDefault: Bool,
        content: Batch.Content, parameters: Parameters = Parameters(), reporting: Batch.Reporting = .none,
        callbackURL: String? = nil, clientReference: String? = nil, isFeedbackEnabled: Bool = false,
        strictValidation: Bool? = nil, sendAt: Date? = nil, expireAt: Date? = nil
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
        self.sendAt = sendAt
        self.expireAt = expireAt
    }

    /// The longest life of a message, and its life when the customer names no end: three days.
    package static let longestValidity: Duration = .seconds(3 * 24 * 3600)

    /// The batch and its messages: named, dated, each recipient once and routed to an MMSC.
    ///
    /// A number that no route covers is aborted here, as part of the same commit.
    package func accepted(now: Date, ids: ULIDGenerator, routes: Routes) -> (Batch, [Message]) {
        let now = now.wholeMilliseconds
        let batch = Batch(
            id: ids.next(at: now), owner: owner, recipients: recipients, originator: originator,
            isOriginatorDefault: isOriginatorDefault, content: content, parameters: parameters, reporting: reporting,
            callbackURL: callbackURL, clientReference: clientReference, isFeedbackEnabled: isFeedbackEnabled,
            strictValidation: strictValidation, createdAt: now, sendAt: sendAt?.wholeMilliseconds,
            expireAt: expireAt?.wholeMilliseconds ?? (max(sendAt ?? now, now).wholeMilliseconds + Self.longestValidity))
        var seen = Set<MSISDN>(minimumCapacity: numbers.count)
        let messages = numbers.filter { seen.insert($0).inserted }.map { number in
            let mmsc = routes.mmsc(for: number)
            return Message(
                id: ids.next(at: now), batch: batch.id, recipient: number, mmsc: mmsc,
                state: mmsc == nil ? .aborted(.unroutable) : .queued, changedAt: now)
        }
        return (batch, messages)
    }
}
