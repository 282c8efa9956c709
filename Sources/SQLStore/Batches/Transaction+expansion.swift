import FoundationEssentials
import GatewayCore

/// How far messages were made from the groups of a batch: the next member follows this one.
struct ExpansionCursor: Sendable, Equatable {
    var group = ""
    var number = ""
    /// The messages that the batch has so far, those to its own recipients included; nil at the beginning.
    var count: Int?
}

extension Transaction {
    /// Makes messages from the next members of a batch's groups, if that is still to be done. A deleted group counts as
    /// empty, and a number that the batch already has gets no second message; so the work can be repeated from the
    /// start.
    ///
    /// - Returns: where to go on; nil when the batch has all its messages, or another revision.
    func expand(
        _ batch: Batch.ID, revision: Int, by expansion: Expansion, from cursor: ExpansionCursor, now: Date
    ) throws(SQLError) -> ExpansionCursor? {
        guard let wanted = try unexpanded(batch, at: revision) else { return nil }
        let groups = try reached(wanted.recipients.groupIDs, owner: wanted.subscription.owner)
        let place = QueuePlace(ofBatchWith: groups.reduce(0) { $0 + $1.size })
        var cursor = cursor
        // If an earlier run made some of the messages, they count too.
        var count = cursor.count ?? 0
        if cursor.count == nil { count = try messageCount(of: batch, upTo: expansion.limit) }
        var looks = MessageSlice.size
        var seen: Set<MSISDN> = []
        var numbers: [MSISDN] = []
        for group in groups where group.id >= cursor.group && looks > 0 {
            if group.id != cursor.group { (cursor.group, cursor.number) = (group.id, "") }
            let members = try members(after: cursor, for: batch, limit: looks)
            looks -= max(members.count, 1)
            for member in members where count < expansion.limit {
                cursor.number = member.number.digits
                // A number that is in two groups of one slice is not in the batch yet when it comes the second time.
                guard !member.isRecipient, seen.insert(member.number).inserted else { continue }
                numbers.append(member.number)
                count += 1
            }
        }
        let messages = expansion.messages(to: numbers, of: batch, now: now.wholeMilliseconds)
        for message in messages {
            try insert(message, for: wanted.subscription, place: place, expireAt: wanted.expireAt)
        }
        if wanted.isInDoubt { try doubt(messages, now: now) }
        let opened = messages.count { !$0.state.isFinal }
        if looks <= 0, count < expansion.limit {
            cursor.count = count
            try connection.write(BatchQuery.countExpanded, [":batch": .id(batch), ":opened": .integer(opened)])
            return cursor
        }
        try connection.write(BatchQuery.recordExpansion, [":batch": .id(batch), ":opened": .integer(opened)])
        try appendEndIfOver(of: batch, for: wanted.subscription, now: now)
        return nil
    }

    /// How many numbers the groups of a batch have now; a number in two groups counts twice.
    func memberCount(of batch: Batch, owner: Int) throws(SQLError) -> Int {
        let groups = batch.order.groups
        guard !groups.isEmpty else { return 0 }
        return min(try reached(groups, owner: owner).reduce(0) { $0 + $1.size }, Expansion.limit)
    }

    private func messageCount(of batch: Batch.ID, upTo limit: Int) throws(SQLError) -> Int {
        try connection.first(
            MessageQuery.countUpTo, [":batch": .id(batch), ":limit": .integer(limit)]
        ) { (row) throws(SQLError) in try row.integer() } ?? 0
    }

    private func unexpanded(
        _ batch: Batch.ID, at revision: Int
    ) throws(SQLError) -> (subscription: Subscription, recipients: [String], expireAt: Date, isInDoubt: Bool)? {
        try connection.first(BatchQuery.unexpanded, [":batch": .id(batch), ":revision": .integer(revision)]) {
            (row) throws(SQLError) in
            (
                subscription: try Subscription(&row),
                recipients: try row.text().split(separator: " ").map(String.init), expireAt: try row.time(),
                isInDoubt: try row.flag()
            )
        }
    }

    /// The groups that are reached from these, in the order of their ids.
    private func reached(_ groups: [Group.ID], owner: Int) throws(SQLError) -> [(id: String, size: Int)] {
        try connection.rows(
            GroupQuery.reached,
            [":ids": .text(JSONColumn.plainList(groups.lazy.map(\.description))), ":owner": .integer(owner)]
        ) { (row) throws(SQLError) in (id: try row.text(), size: try row.integer()) }
    }

    private func members(
        after cursor: ExpansionCursor, for batch: Batch.ID, limit: Int
    ) throws(SQLError) -> [(number: MSISDN, isRecipient: Bool)] {
        try connection.rows(
            GroupQuery.nextMembers,
            [
                ":batch": .id(batch), ":id": .text(cursor.group), ":after": .text(cursor.number),
                ":limit": .integer(limit),
            ]
        ) { (row) throws(SQLError) in (number: try row.recipient(), isRecipient: try row.flag()) }
    }
}
