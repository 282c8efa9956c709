import FoundationEssentials
import GatewayCore

extension Transaction {
    /// The step of the index of messages by recipient, in milliseconds.
    private static let hour: Int64 = 3_600_000

    func receive(
        _ copies: [WrittenInbound], of delivery: InboundDelivery, from mmsc: String, now: Date
    ) throws(SQLError) -> InboundResult {
        try connection.driver.requireRoom()
        let sender = copies.first?.inbound.from ?? ""
        let linked = try sent(as: delivery.linkedID, by: mmsc, to: sender)
        let answered = linked == nil ? try sent(as: delivery.answeredID, by: mmsc, to: sender) : linked
        let identity = InboundIdentity(of: delivery, from: mmsc, isAnswer: linked != nil)
        // This is read before any message is written, because two customers may share a number.
        var recurrence = InboundRecurrence()
        for number in Set(copies.map(\.inbound.to)) {
            if try isKnown(identity, to: number, now: now) {
                recurrence.known.insert(number)
            } else if identity.isNamed, !recurrence.isReused {
                recurrence.isReused = try isReused(identity, to: number, now: now)
            }
        }
        if let most = delivery.unownedLimit, recurrence.needsRoom, try connection.countUnaddressed(upTo: most) >= most {
            return .full
        }
        var taken: [Inbound.ID] = []
        for copy in copies where recurrence.takes(copy.inbound) {
            try take(copy, answering: answered, identity: identity, now: now)
            taken.append(copy.inbound.id)
        }
        return recurrence.result(taking: taken)
    }

    /// Gives an unowned message to its owners, who are notified as if it had just come.
    ///
    /// - Parameter copies: the first of them has the id of the message.
    /// - Returns: false where there is no such message, or it is no longer there.
    func release(_ id: Inbound.ID, as copies: [WrittenInbound], now: Date) throws(SQLError) -> Bool {
        let kept = try connection.first(
            InboundQuery.quarantined, [":id": .id(id)]
        ) { (row) throws(SQLError) in
            (
                identity: InboundIdentity(
                    mmsc: try row.text(), delivery: try row.text(), fingerprint: try row.text()),
                receivedAt: try row.time()
            )
        }
        guard let kept, !copies.isEmpty else { return false }
        try connection.write(InboundQuery.drop, [":id": .id(id)])
        for copy in copies {
            // The message that it answers was sent before it came, however long it was in quarantine.
            try take(copy, answering: nil, identity: kept.identity, receivedAt: kept.receivedAt, now: now)
        }
        return true
    }

    /// - Parameters:
    ///   - answered: the message of ours that the MMSC says it answers.
    ///   - receivedAt: nil for now.
    private func take(
        _ copy: WrittenInbound, answering answered: InboundAnswer.Candidate?, identity: InboundIdentity,
        receivedAt: Date? = nil, now: Date
    ) throws(SQLError) {
        var copy = copy
        let owner = try copy.inbound.owner.map { (owner) throws(SQLError) in try number(of: owner) }
        if let owner, copy.inbound.reference == nil {
            copy.inbound.reference =
                if let answered, answered.isKnown(to: owner) {
                    answered.reference
                } else {
                    try reference(conversedBy: copy.inbound, owner: owner, now: receivedAt ?? now)
                }
        }
        try insert(copy, owner: owner, identity: identity, now: now)
        try updateGroups(by: copy.inbound, owner: owner, now: now)
    }

    /// The owner's reference of the message that its number last sent to the handset; nil where that has no reference,
    /// and where no message is recent enough to be answered.
    ///
    /// - Parameter now: when the inbound message came.
    private func reference(conversedBy inbound: Inbound, owner: Int, now: Date) throws(SQLError) -> String? {
        let sent = InboundAnswer.sent(before: now)
        let expiring = InboundAnswer.expiring(before: now)
        let hours = expiring.lowerBound.milliseconds / Self.hour...expiring.upperBound.milliseconds / Self.hour
        return try connection.first(
            InboundQuery.conversed,
            [
                ":hours": .text("[\(hours.map { "\($0)" }.joined(separator: ","))]"), ":owner": .integer(owner),
                ":handset": .text(inbound.from), ":number": .text(inbound.to), ":since": .time(sent.lowerBound),
                ":until": .time(sent.upperBound),
            ]
        ) { row in row.optionalText() } ?? nil
    }

    private func insert(_ copy: WrittenInbound, owner: Int?, identity: InboundIdentity, now: Date) throws(SQLError) {
        let id = copy.inbound.id
        try connection.write(InboundQuery.insert, copy.bindings(owner: owner, identity))
        for hash in Set(copy.inbound.media.compactMap { $0.file?.hash }) {
            try connection.write(InboundQuery.insertMedia, [":hash": .text(hash), ":inbound": .id(id)])
        }
        if copy.isUnread { signals.unread = true }
        if let owner, let token = copy.uploadToken {
            return try awaitUploads(of: id, owner: owner, notifiesOwner: copy.notifiesOwner, token: token)
        }
        if let owner, copy.notifiesOwner { try appendEvent(of: id, owner: owner, now: now) }
    }

    private func isKnown(_ identity: InboundIdentity, to recipient: String, now: Date) throws(SQLError) -> Bool {
        try connection.first(
            InboundQuery.isKnown,
            [
                ":mmsc": .text(identity.mmsc), ":delivery": .text(identity.delivery), ":recipient": .text(recipient),
                ":fingerprint": .text(identity.fingerprint),
                ":since": .time(try beginning(of: InboundIdentity.window, endingAt: now)),
            ]
        ) { _ in true } ?? false
    }

    private func isReused(_ identity: InboundIdentity, to recipient: String, now: Date) throws(SQLError) -> Bool {
        try connection.first(
            InboundQuery.isReused,
            [
                ":mmsc": .text(identity.mmsc), ":delivery": .text(identity.delivery), ":recipient": .text(recipient),
                ":since": .time(try beginning(of: InboundIdentity.window, endingAt: now)),
            ]
        ) { _ in true } ?? false
    }

    /// The newest message of ours to a handset that an MMSC gave this MessageID; nil where there is none.
    private func sent(
        as messageID: String?, by mmsc: String, to handset: String
    ) throws(SQLError) -> InboundAnswer.Candidate? {
        guard let messageID, InboundAnswer.hasNumber(handset) else { return nil }
        let candidates = try connection.rows(
            InboundQuery.answered, [":mmsc": .text(mmsc), ":message_id": .text(messageID)]
        ) { (row) throws(SQLError) in
            let fields = row.fields(of: AnsweredColumn.self)
            return InboundAnswer.Candidate(
                owner: try fields[.owner].integer(), recipient: try fields[.recipient].text(),
                reference: fields[.clientReference].optionalText())
        }
        return InboundAnswer.message(to: handset, among: candidates)
    }

    /// Lets the sender join or leave the groups whose words the text begins with. A full group takes no members, and a
    /// message without an owner, a text or a sender's number changes no group.
    private func updateGroups(by inbound: Inbound, owner: Int?, now: Date) throws(SQLError) {
        guard let owner, let customer = inbound.owner, inbound.text != nil, MSISDN(inbound.from) != nil else { return }
        let groups = try connection.rows(
            GroupQuery.updatedBy, [":owner": .integer(owner), ":to": .text(inbound.to)]
        ) { (row) throws(SQLError) in (id: try row.id(), words: try row.next().json(Group.AutoUpdate.self)) }
        for group in groups {
            guard let change = group.words.change(by: inbound) else { continue }
            _ = try self.change(group.id, of: customer, by: change, now: now)
        }
    }
}

enum AnsweredColumn: Int, Columns {
    case owner, recipient, clientReference

    var sql: String { self == .clientReference ? "batch.\(name)" : "message.\(name)" }
}

extension Connection {
    /// Unowned messages that name no recipient.
    func countUnaddressed(upTo limit: Int) throws(SQLError) -> Int {
        try first(
            InboundQuery.countUnaddressed, [":limit": .integer(limit)]
        ) { (row) throws(SQLError) in try row.integer() } ?? 0
    }
}
