import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Writes the event of a message that has reached a state, if the customer is notified of it.
    ///
    /// - Parameter isCounted: whether the message was final before.
    func appendEvent(
        of message: Message.ID, in batch: Batch.ID, becoming state: MessageState, for subscription: Subscription,
        now: Date, isCounted: Bool = false
    ) throws(SQLError) {
        if state.isFinal, !isCounted { signals.ended[state, default: 0] += 1 }
        guard subscription.interest.includes(state) else { return }
        try connection.write(EventQuery.insertMessage, [":message": .id(message), ":now": .time(now)], changing: 1)
        let occasion = Event.Occasion(
            owner: try owner(subscription.owner), kind: .message(state), batchTarget: subscription.target)
        for target in targets(occasion) {
            try connection.write(
                CallQuery.insertBehind,
                [
                    ":target": .text(target.name), ":follows": .text(target.follows),
                    ":owner": .integer(subscription.owner), ":batch": .id(batch), ":message": .id(message),
                    ":now": .time(now),
                ])
        }
        signals.events = true
    }

    /// Counts messages that became final; the last of them ends the batch.
    func countEnded(
        _ ended: Int, in batch: Batch.ID, for subscription: Subscription, now: Date
    ) throws(SQLError) {
        guard ended > 0 else { return }
        try connection.write(BatchQuery.countEnded, [":batch": .id(batch), ":ended": .integer(ended)])
        try appendEndIfOver(of: batch, for: subscription, now: now)
    }

    /// Writes the event of a batch that has no open messages and none to come, if the customer is notified of that.
    func appendEndIfOver(of batch: Batch.ID, for subscription: Subscription, now: Date) throws(SQLError) {
        guard subscription.interest.includesEndOfBatch, try progress(of: batch).isOver else { return }
        try appendEnd(of: batch, for: subscription, now: now)
    }

    func appendEnd(of batch: Batch.ID, for subscription: Subscription, now: Date) throws(SQLError) {
        try connection.write(
            EventQuery.insertEnd,
            [":batch": .id(batch), ":owner": .integer(subscription.owner), ":now": .time(now)])
        let occasion = Event.Occasion(
            owner: try owner(subscription.owner), kind: .end, batchTarget: subscription.target)
        try appendCalls(to: targets(occasion).map(\.name), owner: subscription.owner, now: now)
    }

    func appendEvent(of inbound: Inbound.ID, owner number: Int, now: Date) throws(SQLError) {
        let occasion = Event.Occasion(owner: try owner(number), kind: .inbound)
        try appendEvent(of: inbound, to: targets(occasion).map(\.name), owner: number, now: now)
    }

    /// Writes the event of an inbound message whose targets are known.
    func appendEvent(of inbound: Inbound.ID, to targets: [String], owner: Int, now: Date) throws(SQLError) {
        try connection.write(
            EventQuery.insertInbound, [":inbound": .id(inbound), ":owner": .integer(owner), ":now": .time(now)])
        try appendCalls(to: targets, owner: owner, now: now)
    }

    /// Writes what customers' APIs notify of in words of their own. What has no targets is not kept.
    func append(_ notices: [Notice], now: Date) throws(SQLError) {
        for notice in notices {
            let targets = targets(
                Event.Occasion(owner: notice.owner, kind: .notice(name: notice.name), batchTarget: notice.target))
            guard !targets.isEmpty else { continue }
            let owner = try number(of: notice.owner)
            try connection.write(
                EventQuery.insertNotice,
                [
                    ":owner": .integer(owner), ":now": .time(now), ":notice": .text(notice.name),
                    ":notice_text": .text(notice.text), ":notice_callback_url": .text(notice.callbackURL),
                    ":trace": .text(notice.trace?.text),
                ])
            try appendCalls(to: targets.map(\.name), owner: owner, now: now)
        }
    }

    /// Writes the calls of the event that was just written and follows no other event.
    private func appendCalls(to targets: [String], owner: Int, now: Date) throws(SQLError) {
        for target in targets {
            try connection.write(
                CallQuery.insert, [":target": .text(target), ":owner": .integer(owner), ":now": .time(now)])
        }
        signals.events = true
    }

    /// What the customer of a batch is notified of, and whether the batch has no open messages and none to come. Every
    /// batch has this row from its beginning.
    func progress(of batch: Batch.ID) throws(SQLError) -> (subscription: Subscription, isOver: Bool) {
        let progress = try connection.first(BatchQuery.progress, [":batch": .id(batch)]) { (row) throws(SQLError) in
            (subscription: try Subscription(&row), isOver: try row.flag())
        }
        guard let progress else { throw .unreadable("the progress of a batch") }
        return progress
    }
}
