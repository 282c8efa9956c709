import FoundationEssentials
import GatewayCore

extension Transaction {
    /// How long a copy is known again.
    private static let window = Duration.seconds(86400)
    /// How long after a message what comes from its recipient is an answer to it.
    private static let conversation = Duration.seconds(72 * 3600)
    /// The step of the index of messages by recipient, in milliseconds.
    private static let hour: Int64 = 3_600_000

    func receive(
        _ copies: [WrittenInbound], of delivery: InboundDelivery, from mmsc: String, now: Date
    ) throws(SQLiteError) -> InboundResult {
        try connection.requireRoom()
        let sender = copies.first?.inbound.from ?? ""
        let linked = try sent(as: delivery.linkedID, by: mmsc, to: sender)
        let answered = linked == nil ? try sent(as: delivery.answeredID, by: mmsc, to: sender) : linked
        // The LinkedID of an answer is that of the message before it, and its next answer has the same.
        let identity = linked == nil ? delivery.linkedID.map { "linked \($0)" } : nil
        let transaction = (delivery.transactionID ?? "").isEmpty ? nil : delivery.transactionID
        let name = identity ?? transaction.map { "transaction \($0)" }
        let key = InboundKey(mmsc: mmsc, delivery: name ?? "none", fingerprint: delivery.fingerprint)
        // Before any is written: two customers may share a number, and each of them gets a copy.
        var known: Set<String> = []
        var isReused = false
        for number in Set(copies.map(\.inbound.to)) {
            if try isKnown(key, to: number, now: now) {
                known.insert(number)
            } else if name != nil, !isReused {
                isReused = try self.isReused(key, to: number, now: now)
            }
        }
        if let most = delivery.mostOfNobody, known.isEmpty, try connection.countUnaddressed(upTo: most) >= most {
            return .full
        }
        var taken: [Inbound.ID] = []
        for copy in copies where !known.contains(copy.inbound.to) {
            try take(copy, answering: answered, key: key, now: now)
            taken.append(copy.inbound.id)
        }
        return taken.isEmpty ? .repeated : isReused ? .takenAnew(taken) : .taken(taken)
    }

    /// Gives a message that is nobody's to its owners, who are told as if it had just come.
    ///
    /// - Parameter copies: the first under the id of the message.
    /// - Returns: false where there is no such message, or not any more.
    func release(_ id: Inbound.ID, as copies: [WrittenInbound], now: Date) throws(SQLiteError) -> Bool {
        let kept = try connection.first(
            InboundQuery.quarantined, [":id": .id(id)]
        ) { (row) throws(SQLiteError) in
            (
                key: InboundKey(mmsc: try row.text(), delivery: try row.text(), fingerprint: try row.text()),
                receivedAt: try row.time()
            )
        }
        guard let kept, !copies.isEmpty else { return false }
        try connection.run(InboundQuery.drop, [":id": .id(id)])
        for copy in copies {
            // What it answered was sent before it came, however long it lay here.
            try take(copy, answering: nil, key: kept.key, receivedAt: kept.receivedAt, now: now)
        }
        return true
    }

    /// - Parameters:
    ///   - answered: the message of ours that the MMSC says it answers.
    ///   - receivedAt: nil: now.
    private func take(
        _ copy: WrittenInbound, answering answered: (owner: Int, clientReference: String?)?, key: InboundKey,
        receivedAt: Date? = nil, now: Date
    ) throws(SQLiteError) {
        var copy = copy
        let owner = try copy.inbound.owner.map { (owner) throws(SQLiteError) in try number(of: owner) }
        // What another customer calls its own message is none of this one's business.
        if let owner, copy.inbound.clientReference == nil {
            copy.inbound.clientReference =
                if let answered, answered.owner == owner {
                    answered.clientReference
                } else {
                    try reference(conversedBy: copy.inbound, owner: owner, now: receivedAt ?? now)
                }
        }
        try insert(copy, owner: owner, key: key, now: now)
        try updateGroups(by: copy.inbound, owner: owner, now: now)
    }

    /// What the owner calls the message that its number sent to the handset last; nil where it calls it nothing, and
    /// where there is none that a handset would still answer.
    ///
    /// - Parameter now: when it came.
    private func reference(conversedBy inbound: Inbound, owner: Int, now: Date) throws(SQLiteError) -> String? {
        let since = now + (.zero - Self.conversation)
        // A message is sent before it expires, and expires within its longest life after it was sent.
        let last = now + Order.longestValidity
        let hours = since.milliseconds / Self.hour...last.milliseconds / Self.hour
        return try connection.first(
            InboundQuery.conversed,
            [
                ":hours": .text("[\(hours.map { "\($0)" }.joined(separator: ","))]"), ":owner": .integer(owner),
                ":handset": .text(inbound.from), ":number": .text(inbound.to), ":since": .time(since),
                ":until": .time(now),
            ]
        ) { row in row.optionalText() } ?? nil
    }

    private func insert(_ copy: WrittenInbound, owner: Int?, key: InboundKey, now: Date) throws(SQLiteError) {
        let id = copy.inbound.id
        try connection.run(InboundQuery.insert, copy.bindings(owner: owner, key))
        for hash in Set(copy.inbound.media.compactMap { $0.file?.hash }) {
            try connection.run(InboundQuery.insertMedia, [":hash": .text(hash), ":inbound": .id(id)])
        }
        if let owner, let token = copy.uploadToken {
            return try awaitUploads(of: id, owner: owner, isTold: copy.isTold, token: token)
        }
        if let owner, copy.isTold { try appendEvent(of: id, owner: owner, now: now) }
    }

    private func isKnown(_ key: InboundKey, to recipient: String, now: Date) throws(SQLiteError) -> Bool {
        try connection.first(
            InboundQuery.isKnown,
            [
                ":mmsc": .text(key.mmsc), ":delivery": .text(key.delivery), ":recipient": .text(recipient),
                ":fingerprint": .text(key.fingerprint), ":since": .time(try beginning(of: Self.window, endingAt: now)),
            ]
        ) { _ in true } ?? false
    }

    private func isReused(_ key: InboundKey, to recipient: String, now: Date) throws(SQLiteError) -> Bool {
        try connection.first(
            InboundQuery.isReused,
            [
                ":mmsc": .text(key.mmsc), ":delivery": .text(key.delivery), ":recipient": .text(recipient),
                ":since": .time(try beginning(of: Self.window, endingAt: now)),
            ]
        ) { _ in true } ?? false
    }

    /// The newest message of ours to a handset that an MMSC gave this MessageID; nil where there is none. A MessageID
    /// alone proves nothing: the MMSC may name what comes in from the same small numbers.
    private func sent(
        as messageID: String?, by mmsc: String, to handset: String
    ) throws(SQLiteError) -> (owner: Int, clientReference: String?)? {
        guard let messageID, handset.utf8.count >= 7 else { return nil }
        let sent = try connection.rows(
            InboundQuery.answered, [":mmsc": .text(mmsc), ":message_id": .text(messageID)]
        ) { (row) throws(SQLiteError) in
            (owner: try row.integer(), clientReference: row.optionalText(), recipient: try row.text())
        }
        return sent.first { $0.recipient.hasSuffix(handset.suffix(7)) }.map { ($0.owner, $0.clientReference) }
    }

    /// The sender joins or leaves groups whose words the text begins with. A group that is full takes nobody.
    private func updateGroups(by inbound: Inbound, owner: Int?, now: Date) throws(SQLiteError) {
        guard let owner, let customer = inbound.owner, let text = inbound.text, let sender = MSISDN(inbound.from) else {
            return
        }
        let groups = try connection.rows(
            GroupQuery.updatedBy, [":owner": .integer(owner), ":to": .text(inbound.to)]
        ) { (row) throws(SQLiteError) in (id: try row.id(), words: try row.next().json(Group.AutoUpdate.self)) }
        for group in groups {
            var change = GroupChange()
            if group.words.add?.begin(text) == true { change.add = [sender] }
            if group.words.remove?.begin(text) == true { change.remove = [sender] }
            guard change != GroupChange() else { continue }
            _ = try self.change(group.id, of: customer, by: change, now: now)
        }
    }
}

extension Connection {
    /// Messages of nobody's that name no recipient.
    func countUnaddressed(upTo limit: Int) throws(SQLiteError) -> Int {
        try first(
            InboundQuery.countUnaddressed, [":limit": .integer(limit)]
        ) { (row) throws(SQLiteError) in try row.integer() } ?? 0
    }
}
