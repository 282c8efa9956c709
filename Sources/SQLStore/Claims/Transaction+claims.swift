import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Claims what is due at an MMSC, customers in turns. All states that a message may be claimed from lead to the
    /// same state.
    func claimDue(_ request: ClaimRequest) throws(SQLError) -> Claims {
        guard try standing(to: .lane(mmsc: request.mmsc), now: request.now) != .elsewhere else { return Claims([]) }
        let nextDue = try endPauses(for: request)
        let due = try dueQueues(for: request)
        guard !due.isEmpty, request.limit > 0 else {
            return Claims([], nextDue: (due.map(\.dueAt) + [nextDue].compactMap(\.self)).min())
        }
        var claims: [Claim] = []
        let urgent = try due.map { (queue) throws(SQLError) in try urgentCount(of: queue, upTo: request.limit) }
        let shares = request.share.allot(request.limit, among: due.map(\.queue)) { urgent[$0] }
        for (queue, permits) in zip(due, shares) where permits > 0 {
            claims += try requests(from: queue, upTo: permits, for: request)
        }
        try claim(claims, for: request)
        return Claims(claims)
    }

    /// Gives positions in the queue to the messages for the MMSC whose pauses are over; returns when the next pause
    /// ends.
    private func endPauses(for request: ClaimRequest) throws(SQLError) -> Date? {
        var next: Date?
        for carriers in try connection.carriers(.nextPausedCarriers) where request.serves(carriers) {
            let text = SQLValue.text(carriers.description)
            try connection.write(ClaimQuery.endPauses, [":carriers": text, ":now": .time(request.now)])
            let end = try connection.first(ClaimQuery.nextPauseEnd, [":carriers": text]) { $0.optionalTime() } ?? nil
            if let end { next = min(next ?? end, end) }
        }
        return next
    }

    /// The queues that the MMSC serves, each found by one step in the index, however long it is.
    private func dueQueues(for request: ClaimRequest) throws(SQLError) -> [DueQueue] {
        var queues: [DueQueue] = []
        for carriers in try connection.carriers(.nextCarriers) where request.serves(carriers) {
            var last: DueQueue?
            while let queue = try nextQueue(of: carriers, after: last) {
                queues.append(queue)
                last = queue
            }
        }
        return queues
    }

    private func nextQueue(of carriers: Carriers, after last: DueQueue?) throws(SQLError) -> DueQueue? {
        try connection.first(
            ClaimQuery.nextQueue,
            [
                ":carriers": .text(carriers.description), ":owner": .integer(last?.owner ?? 0),
                ":is_urgent": .flag(last?.isUrgent ?? false), ":magnitude": .integer(last?.magnitude ?? -1),
            ]
        ) { (row) throws(SQLError) in
            DueQueue(
                carriers: carriers, owner: try row.integer(), isUrgent: try row.flag(), magnitude: try row.integer(),
                dueAt: try row.time())
        }
    }

    /// How many messages an urgent queue has; 0 for another.
    private func urgentCount(of queue: DueQueue, upTo limit: Int) throws(SQLError) -> Int {
        guard queue.isUrgent else { return 0 }
        return try connection.first(
            ClaimQuery.countUrgent, queue.bindings.with([":limit": .integer(limit)])
        ) { (row) throws(SQLError) in try row.integer() } ?? 0
    }

    /// The first messages of a queue as SubmitReqs.
    private func requests(
        from queue: DueQueue, upTo permits: Int, for request: ClaimRequest
    ) throws(SQLError) -> [Claim] {
        let due = try connection.rows(
            ClaimQuery.due,
            queue.bindings.with([
                ":is_urgent": .flag(queue.isUrgent), ":limit": .integer(permits * request.recipientsPerRequest),
            ])
        ) { (row) throws(SQLError) in try DueMessage(&row) }
        let grouping = RequestGrouping(
            at: request.mmsc, recipientsPerRequest: request.recipientsPerRequest, queue: queue.queue,
            leaseUntil: request.leaseUntil)
        return try grouping.claims(of: due, upTo: permits) { (transactionID) throws(SQLError) in
            try connection.rows(ClaimQuery.sharing, [":request": .text(transactionID)]) { (row) throws(SQLError) in
                try DueMessage(&row)
            }
        }
    }

    private func claim(_ claims: [Claim], for request: ClaimRequest) throws(SQLError) {
        let state = try decided { () throws(StoreFailure) in try MessageState.queued.after(.claimed) }
        // Messages with a TransactionID of their own are written together; those that share one are written per
        // request.
        let alone = claims.lazy.filter(\.isAlone).map(\.first)
        try claim(Array(alone), sharing: nil, state: state, for: request)
        for claim in claims where !claim.isAlone {
            try self.claim(claim.copies, sharing: claim.transactionID, state: state, for: request)
        }
    }

    private func claim(
        _ copies: [Claim.Copy], sharing transactionID: String?, state: MessageState, for request: ClaimRequest
    ) throws(SQLError) {
        // There are none where all messages share their SubmitReqs.
        guard !copies.isEmpty else { return }
        try connection.write(
            ClaimQuery.claim,
            [
                ":state": .text(state.name), ":mmsc": .text(request.mmsc), ":now": .time(request.now),
                ":lease_until": .time(request.leaseUntil), ":shared_request": .text(transactionID),
                ":messages": .text(JSONColumn.plainList(copies.lazy.map(\.message.description))),
            ])
    }
}

extension Connection {
    /// The carriers that messages wait for, messages in a pause included.
    func waitingCarriers() throws(SQLError) -> [Carriers] {
        var all: [Carriers] = []
        for text in try carrierTexts(.nextCarriers) + carrierTexts(.nextPausedCarriers) {
            guard let carriers = Carriers(text) else { throw .unreadable("the carriers of messages that wait") }
            if !all.contains(carriers) { all.append(carriers) }
        }
        return all
    }

    /// Those that can be read. The others keep no MMSC from its messages, and `waitingCarriers` reports them.
    fileprivate func carriers(_ next: ClaimQuery) throws(SQLError) -> [Carriers] {
        try carrierTexts(next).compactMap { Carriers($0) }
    }

    /// One step in the index for each.
    private func carrierTexts(_ next: ClaimQuery) throws(SQLError) -> [String] {
        var all: [String] = []
        while let text = try first(
            next, [":after": .text(all.last ?? "")], read: { (row) throws(SQLError) in try row.text() })
        {
            all.append(text)
        }
        return all
    }
}

extension Claim {
    fileprivate var isAlone: Bool { transactionID == first.message.description }
}
