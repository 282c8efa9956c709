import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Claims what is due at an MMSC, in turns. What may wait for a claim leads into one and the same state.
    func claimDue(_ request: ClaimRequest) throws(SQLiteError) -> Claims {
        let queues = try dueQueues(for: request)
        let due = queues.filter { $0.dueAt <= request.now }
        guard !due.isEmpty, request.limit > 0 else {
            return Claims([], turn: request.turn, nextDue: queues.lazy.map(\.dueAt).min())
        }
        var turns = Turns(among: due, after: request.turn)
        var claims: [Claim] = []
        for (queue, places) in zip(due, turns.take(request.limit, queueCount: due.count)) where places > 0 {
            claims += try requests(from: queue, upTo: places, for: request)
        }
        try claim(claims, for: request)
        return Claims(claims, turn: turns.turn)
    }

    /// The queues that the MMSC serves, each found by one step in the index however long it is.
    private func dueQueues(for request: ClaimRequest) throws(SQLiteError) -> [DueQueue] {
        var queues: [DueQueue] = []
        for carriers in try connection.waitingCarriers() where request.serves(carriers) {
            var place = (owner: 0, magnitude: -1)
            while let queue = try nextQueue(of: carriers, after: place) {
                queues.append(queue)
                place = (queue.owner, queue.magnitude)
            }
        }
        return queues
    }

    private func nextQueue(
        of carriers: Carriers, after place: (owner: Int, magnitude: Int)
    ) throws(SQLiteError) -> DueQueue? {
        try connection.first(
            ClaimQuery.nextQueue,
            [
                ":carriers": .text(carriers.description), ":owner": .integer(place.owner),
                ":magnitude": .integer(place.magnitude),
            ]
        ) { (row) throws(SQLiteError) in
            DueQueue(
                carriers: carriers, owner: try row.integer(), magnitude: try row.integer(), dueAt: try row.time())
        }
    }

    /// The first messages of a queue as SubmitReqs.
    private func requests(
        from queue: DueQueue, upTo places: Int, for request: ClaimRequest
    ) throws(SQLiteError) -> [Claim] {
        let due = try connection.rows(
            ClaimQuery.due,
            [
                ":carriers": .text(queue.carriers.description), ":owner": .integer(queue.owner),
                ":magnitude": .integer(queue.magnitude), ":now": .time(request.now),
                ":limit": .integer(places * request.recipientsPerRequest),
            ]
        ) { (row) throws(SQLiteError) in try DueMessage(&row) }
        var claims: [Claim] = []
        var rest = due[...]
        while let first = rest.first, claims.count < places {
            let together = rest.prefix(request.recipientsPerRequest).prefix { $0.goes(with: first) }
            rest = rest.dropFirst(together.count)
            if first.wasShared(by: together.count) {
                claims.append(first.claim(with: together.dropFirst(), at: request.mmsc))
            } else {
                claims += together.prefix(places - claims.count).map {
                    $0.claim(with: [], alone: true, at: request.mmsc)
                }
            }
        }
        return claims
    }

    private func claim(_ claims: [Claim], for request: ClaimRequest) throws(SQLiteError) {
        guard let state = MessageState.queued.applying(.claimed) else { return }
        // Those that go by their own TransactionID are written together, those that share one each with theirs.
        let alone = claims.lazy.filter(\.isAlone).map(\.first)
        try claim(Array(alone), sharing: nil, state: state, for: request)
        for claim in claims where !claim.isAlone {
            try self.claim(claim.copies, sharing: claim.transactionID, state: state, for: request)
        }
    }

    private func claim(
        _ copies: [Claim.Copy], sharing transactionID: String?, state: MessageState, for request: ClaimRequest
    ) throws(SQLiteError) {
        guard !copies.isEmpty else { return }
        try connection.run(
            ClaimQuery.claim,
            [
                ":state": .text(state.columns.state), ":mmsc": .text(request.mmsc), ":now": .time(request.now),
                ":lease_until": .time(request.leaseUntil), ":shared_request": .text(transactionID),
                ":messages": .text(JSONColumn.plainList(copies.lazy.map(\.message.description))),
            ])
    }
}

extension Connection {
    /// Whom messages wait for; one step in the index for each.
    func waitingCarriers() throws(SQLiteError) -> [Carriers] {
        var all: [Carriers] = []
        var last = ""
        while let text = try first(
            ClaimQuery.nextCarriers, [":after": .text(last)], read: { (row) throws(SQLiteError) in try row.text() })
        {
            last = text
            if let carriers = Carriers(text) { all.append(carriers) }
        }
        return all
    }
}

extension Claim {
    fileprivate var isAlone: Bool { transactionID == first.message.description }
}

/// A message that is due, before anything is done with it.
private struct DueMessage {
    let copy: Claim.Copy
    let batch: Batch.ID
    let revision: Int
    /// The request it was in, with others, when the answer was lost.
    let sharedRequest: String?
    let isUniform: Bool
    let isResend: Bool
    let expireAt: Date

    init(_ row: inout Row) throws(SQLiteError) {
        copy = Claim.Copy(
            message: try row.id(), recipient: try row.recipient(), attempt: try row.integer(), tries: try row.integer())
        batch = try row.id()
        revision = try row.integer()
        sharedRequest = row.optionalText()
        isUniform = try row.flag()
        isResend = try row.flag()
        expireAt = try row.time()
    }

    /// Whether one SubmitReq may carry both. What was refused together is tried again alone, and a repeat carries those
    /// that it carried before and no others.
    func goes(with other: DueMessage) -> Bool {
        if copy.message == other.copy.message { return true }
        guard batch == other.batch, isResend == other.isResend else { return false }
        return isResend
            ? sharedRequest != nil && sharedRequest == other.sharedRequest
            : isUniform && copy.attempt == 1 && other.copy.attempt == 1
    }

    /// Whether so many messages are all that the request carried which has to be repeated; true where there is none.
    ///
    /// An MMSC that knows a TransactionID takes nothing more under it. A part of the messages goes under other names: it
    /// comes to that when the MMSC wants fewer in a request now.
    func wasShared(by count: Int) -> Bool {
        sharedRequest.map { Claim.copyCount(of: $0) == count } ?? true
    }

    /// - Parameter alone: under its own TransactionID, whatever it was in before.
    func claim(with others: some Sequence<DueMessage>, alone: Bool = false, at mmsc: String) -> Claim {
        Claim(
            of: copy, and: others.map(\.copy), batch: batch, revision: revision, mmsc: mmsc,
            transactionID: alone ? nil : sharedRequest, isResend: isResend, expireAt: expireAt)
    }
}
