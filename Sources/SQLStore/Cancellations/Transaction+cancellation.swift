import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Makes the messages in a slice of a batch that an MMSC has due to be taken back.
    func beginCancellation(of slice: MessageSlice, in batch: Batch.ID, now: Date) throws(SQLError) {
        let mmscs = try connection.rows(
            CancellationQuery.begin, slice.bindings(of: batch).with([":now": .time(now)])
        ) { (row) throws(SQLError) in try row.text() }
        signals.cancelling.formUnion(mmscs)
    }

    /// Claims what is due to be taken back, each MessageID once, in turns.
    func claimCancellations(_ request: CancellationRequest) throws(SQLError) -> [Cancellation] {
        guard try standing(to: .lane(mmsc: request.mmsc), now: request.now) != .elsewhere else { return [] }
        let customers = try customersCancelling(at: request)
        let shares = request.share.allot(
            request.limit, among: customers.map { (owner: $0, target: $0, waiting: request.limit) })
        var request = request
        var claims: [Cancellation] = []
        for (customer, share) in zip(customers, shares) {
            for _ in 0..<share {
                guard let messageID = try nextCancellation(of: customer, by: request) else { break }
                claims.append(try claim(messageID, of: customer, by: request))
                request.ongoing.insert(messageID)
            }
        }
        return claims
    }

    /// The customers who have something to take back now, each found by one step in the index.
    private func customersCancelling(at request: CancellationRequest) throws(SQLError) -> [Int] {
        var customers: [Int] = []
        var last = 0
        while let next = try connection.first(
            CancellationQuery.nextCustomer, [":mmsc": .text(request.mmsc), ":after": .integer(last)],
            read: { (row) throws(SQLError) in (customer: try row.integer(), dueAt: try row.time()) })
        {
            last = next.customer
            if next.dueAt <= request.now { customers.append(last) }
        }
        return customers
    }

    private func claim(
        _ messageID: String, of customer: Int, by request: CancellationRequest
    ) throws(SQLError) -> Cancellation {
        let messages = try connection.rows(
            CancellationQuery.claim,
            [
                ":mmsc": .text(request.mmsc), ":owner": .integer(customer), ":message_id": .text(messageID),
                ":now": .time(request.now), ":lease_until": .time(request.leaseUntil),
            ]
        ) { (row) throws(SQLError) in
            (
                id: try row.id(), tries: try row.integer(), originator: row.optionalText(),
                trace: row.optionalText().map(Trace.init(kept:))
            )
        }
        guard !messages.isEmpty else { throw .mistake("no message was claimed that was found to be taken back") }
        return Cancellation(
            mmsc: request.mmsc, messageID: messageID,
            originator: messages.first?.originator.flatMap { Originator($0) },
            messages: messages.map(\.id).sorted(), owner: try owner(customer),
            tries: messages.lazy.map(\.tries).max() ?? 1, customer: customer,
            trace: messages.min { $0.id < $1.id }?.trace)
    }

    /// Records the result of a CancelReq. A message that a report has ended meanwhile is not changed.
    func record(
        _ result: CancellationResult, because reason: PeerText?, of cancellation: Cancellation, now: Date
    ) throws(SQLError) {
        try keep(result, because: reason, of: cancellation, now: now)
        switch result {
        case .withdrawn:
            for id in cancellation.messages {
                guard let message = try stored(id) else { throw .unreadable("a message that an MMSC has") }
                let change = try decided { () throws(StoreFailure) in
                    try message.takenBack(as: cancellation.messageID)
                }
                if let change { try write(change, now: now) }
            }
        case .stays:
            try postpone(cancellation, until: nil)
        case .again(let dueAt):
            try postpone(cancellation, until: dueAt)
            signals.cancelling.insert(cancellation.mmsc)
        case .waits(let dueAt):
            try postpone(cancellation, until: dueAt, givingBack: 1)
        case .released:
            try postpone(cancellation, until: now, givingBack: 1)
        }
    }

    /// Adds the try to the history of each message, for people.
    private func keep(
        _ result: CancellationResult, because reason: PeerText?, of cancellation: Cancellation, now: Date
    ) throws(SQLError) {
        let word: String
        switch result {
        case .withdrawn: word = "withdrawn"
        case .stays: word = "stays"
        case .again, .waits: word = "again"
        case .released: return
        }
        try connection.write(
            CancellationQuery.recordTry,
            [
                ":number": .integer(cancellation.tries), ":now": .time(now), ":outcome": .text(word),
                ":reason": .text(reason), ":messages": .text(Self.list(cancellation.messages)),
            ])
    }

    private static func list(_ messages: [Message.ID]) -> String {
        JSONColumn.plainList(messages.lazy.map(\.description))
    }

    private func nextCancellation(
        of customer: Int, by request: CancellationRequest
    ) throws(SQLError) -> String? {
        try connection.first(
            CancellationQuery.nextMessageID,
            [
                ":mmsc": .text(request.mmsc), ":owner": .integer(customer), ":now": .time(request.now),
                ":ongoing": .text(JSONColumn.texts(request.ongoing)),
            ]
        ) { (row) throws(SQLError) in try row.text() }
    }

    /// - Parameter dueAt: nil ends the cancellation.
    private func postpone(
        _ cancellation: Cancellation, until dueAt: Date?, givingBack: Int = 0
    ) throws(SQLError) {
        try connection.write(
            CancellationQuery.postpone,
            [
                ":due_at": .time(dueAt), ":given_back": .integer(givingBack),
                ":messages": .text(Self.list(cancellation.messages)),
            ])
    }
}
