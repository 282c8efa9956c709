package import FoundationEssentials
package import GatewayCore

extension SQLStore {
    package func unreadInbounds(limit: Int, except excluded: Set<Owner>) async throws(StoreFailure) -> [Inbound] {
        try await readers.read { (snapshot) throws(SQLError) in
            try snapshot.unreadInbounds(limit: limit, except: excluded)
        }
    }

    package func record(
        _ reading: InboundReading, of inbound: Inbound.ID, now: Date
    ) async throws(StoreFailure) -> Bool {
        try await writer.write { (transaction) throws(SQLError) in
            try transaction.record(reading, of: inbound, now: now)
        }
    }
}

extension Snapshot {
    /// The most rows that cannot be read and are passed over.
    private static let mostBroken = 1000

    fileprivate func unreadInbounds(limit: Int, except excluded: Set<Owner>) throws(SQLError) -> [Inbound] {
        var inbounds: [Inbound] = []
        var broken: Set<Inbound.ID> = []
        var failure: SQLError?
        // One that cannot be read holds up none of the others: another takes its place.
        var isComplete = false
        while !isComplete {
            inbounds = []
            isComplete = true
            for id in try unread(limit: limit, except: excluded, passingOver: broken).inTurns(limit) {
                do throws(SQLError) {
                    if let inbound = try inbound(id) { inbounds.append(inbound) }
                } catch {
                    failure = error
                    broken.insert(id)
                    isComplete = broken.count >= Self.mostBroken
                }
            }
        }
        if inbounds.isEmpty, let failure { throw failure }
        return inbounds
    }

    /// The oldest of each customer.
    private func unread(
        limit: Int, except excluded: Set<Owner>, passingOver broken: Set<Inbound.ID>
    ) throws(SQLError) -> [[Inbound.ID]] {
        var queues: [[Inbound.ID]] = []
        var last = 0
        while let (number, owner) = try nextReader(after: last) {
            last = number
            guard !excluded.contains(owner) else { continue }
            let oldest = try connection.rows(
                UnreadQuery.oldest, [":owner": .integer(number), ":limit": .integer(limit + broken.count)]
            ) { (row) throws(SQLError) in try row.id() }
            queues.append(oldest.filter { !broken.contains($0) })
        }
        return queues
    }

    /// The customer with the next higher number whose API has something to read.
    private func nextReader(after number: Int) throws(SQLError) -> (number: Int, owner: Owner)? {
        try connection.first(UnreadQuery.nextOwner, [":after": .integer(number)]) { (row) throws(SQLError) in
            (number: try row.integer(), owner: try row.owner())
        }
    }
}

extension Transaction {
    fileprivate func record(
        _ reading: InboundReading, of inbound: Inbound.ID, now: Date
    ) throws(SQLError) -> Bool {
        let owner = try connection.first(
            UnreadQuery.read, [":id": .id(inbound), ":echo": .text(reading.echo.text)]
        ) { (row) throws(SQLError) in try row.integer() }
        guard let owner else { return false }
        for entry in reading.entries { try insert(entry) }
        if !reading.targets.isEmpty { try appendEvent(of: inbound, to: reading.targets, owner: owner, now: now) }
        return true
    }
}
