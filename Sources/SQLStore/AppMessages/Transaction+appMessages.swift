import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Takes messages of apps, all or none.
    func insert(
        _ sends: [WrittenSend], keeping answer: KeptAnswer?, limits: QueueLimits
    ) throws(SQLError) -> InsertResult {
        try connection.driver.requireRoom()
        if let answer, let kept = try kept(answer, of: number(of: answer.owner)) { return .answered(kept) }
        guard try hasRoom(for: sends, limits) else { return .queueFull }
        try keep(answer)
        try insert(sends)
        return .inserted
    }

    /// Writes messages of apps, with their lines in lists and what they offer.
    func insert(_ sends: [WrittenSend]) throws(SQLError) {
        for written in sends {
            let (send, batch) = (written.send, written.send.batch)
            let owner = try number(of: batch.owner)
            try write(written.columns, owner: owner)
            try put(
                [send.message], of: written.columns, owner: owner,
                place: QueuePlace(ofBatchWith: send.siblings, isUrgent: send.isUrgent), now: batch.createdAt)
            if let entry = send.entry { try insert(entry) }
            guard send.isOffer else { continue }
            try connection.write(
                AppMessageQuery.insertOffer,
                [
                    ":owner": .integer(owner), ":sender": .text(batch.order.originator.text),
                    ":recipient": .text(send.message.recipient.digits), ":offered_at": .time(batch.createdAt),
                    ":batch": .id(batch.id),
                ])
        }
    }

    /// Writes a line in the lists of an app.
    func insert(_ entry: AppMessageEntry) throws(SQLError) {
        guard case .app(_, let project) = entry.owner else { throw .mistake("only apps have lists of messages") }
        try connection.write(
            AppMessageQuery.insert,
            entry.bindings(project: try number(of: .project(project)), owner: try number(of: entry.owner)))
    }

    private func hasRoom(for sends: [WrittenSend], _ limits: QueueLimits) throws(SQLError) -> Bool {
        let waiting = sends.filter { $0.send.message.state.isWaiting }
        if let limit = limits.all, taken + waiting.count > limit { return false }
        for (owner, own) in Dictionary(grouping: waiting, by: \.send.batch.owner) {
            guard hasRoom(for: own.count, of: try number(of: owner), limits) else { return false }
        }
        return true
    }
}
