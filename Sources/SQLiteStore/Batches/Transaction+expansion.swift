import FoundationEssentials
import GatewayCore

/// How far the groups of a batch have become messages: the next member is the one after this.
struct ExpansionCursor: Sendable, Equatable {
    var group = ""
    var number = ""
    /// Messages that the batch has so far, its own included; nil at the beginning.
    var count: Int?
}

extension Transaction {
    /// Makes messages of the next members of a batch's groups, if that is still to be done. A group that was deleted
    /// counts as empty, and a number that the batch has already stays one message: so it can be begun again from the
    /// front.
    ///
    /// - Returns: where to go on; nil when the batch has all its messages, or another revision.
    func expand(
        _ batch: Batch.ID, revision: Int, by expansion: Expansion, from cursor: ExpansionCursor, now: Date
    ) throws(SQLiteError) -> ExpansionCursor? {
        guard let wanted = try unexpanded(batch, at: revision) else { return nil }
        let groups = try reached(wanted.recipients.groupIDs, owner: wanted.subscription.owner)
        let magnitude = SubmissionShare.Queue.magnitude(ofBatchWith: groups.reduce(0) { $0 + $1.size })
        var cursor = cursor
        // Where the members were begun before, those that became messages then count too.
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
                // A number in two groups of one slice is in the batch only after it.
                guard !member.isRecipient, seen.insert(member.number).inserted else { continue }
                numbers.append(member.number)
                count += 1
            }
        }
        let messages = expansion.messages(to: numbers, of: batch, now: now.wholeMilliseconds)
        for message in messages {
            try insert(
                message, for: wanted.subscription, magnitude: magnitude, expireAt: wanted.expireAt)
        }
        let opened = messages.count { !$0.state.isFinal }
        if looks <= 0, count < expansion.limit {
            cursor.count = count
            try connection.run(BatchQuery.countExpanded, [":batch": .id(batch), ":opened": .integer(opened)])
            return cursor
        }
        try connection.run(BatchQuery.recordExpansion, [":batch": .id(batch), ":opened": .integer(opened)])
        try appendEndIfOver(of: batch, for: wanted.subscription, now: now)
        return nil
    }

    /// Numbers that the groups of a batch stand for now, those in two of them counted twice.
    func memberCount(of batch: Batch, owner: Int) throws(SQLiteError) -> Int {
        let groups = batch.order.groups
        guard !groups.isEmpty else { return 0 }
        return min(try reached(groups, owner: owner).reduce(0) { $0 + $1.size }, Expansion.limit)
    }

    private func messageCount(of batch: Batch.ID, upTo limit: Int) throws(SQLiteError) -> Int {
        try connection.first(
            MessageQuery.countUpTo, [":batch": .id(batch), ":limit": .integer(limit)]
        ) { (row) throws(SQLiteError) in try row.integer() } ?? 0
    }

    private func unexpanded(
        _ batch: Batch.ID, at revision: Int
    ) throws(SQLiteError) -> (subscription: Subscription, recipients: [String], expireAt: Date)? {
        try connection.first(BatchQuery.unexpanded, [":batch": .id(batch), ":revision": .integer(revision)]) {
            (row) throws(SQLiteError) in
            (
                subscription: try Subscription(&row),
                recipients: try row.text().split(separator: " ").map(String.init), expireAt: try row.time()
            )
        }
    }

    /// In the order of their ids.
    private func reached(_ groups: [Group.ID], owner: Int) throws(SQLiteError) -> [(id: String, size: Int)] {
        try connection.rows(
            GroupQuery.reached,
            [":ids": .text(JSONColumn.plainList(groups.lazy.map(\.description))), ":owner": .integer(owner)]
        ) { (row) throws(SQLiteError) in (id: try row.text(), size: try row.integer()) }
    }

    private func members(
        after cursor: ExpansionCursor, for batch: Batch.ID, limit: Int
    ) throws(SQLiteError) -> [(number: MSISDN, isRecipient: Bool)] {
        try connection.rows(
            GroupQuery.nextMembers,
            [
                ":batch": .id(batch), ":id": .text(cursor.group), ":after": .text(cursor.number),
                ":limit": .integer(limit),
            ]
        ) { (row) throws(SQLiteError) in (number: try row.recipient(), isRecipient: try row.flag()) }
    }
}
