package import FoundationEssentials
package import GatewayCore

extension SQLiteStore {
    package func unreadInbounds(limit: Int, except excluded: Set<Owner>) async throws(StoreFailure) -> [Inbound] {
        try await readers.read { (snapshot) throws(SQLiteError) in
            try snapshot.unreadInbounds(limit: limit, except: excluded)
        }
    }

    package func record(
        _ reading: InboundReading, of inbound: Inbound.ID, now: Date
    ) async throws(StoreFailure) -> Bool {
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.record(reading, of: inbound, now: now)
        }
    }
}

extension Snapshot {
    fileprivate func unreadInbounds(limit: Int, except excluded: Set<Owner>) throws(SQLiteError) -> [Inbound] {
        var queues: [[Inbound.ID]] = []
        var last = 0
        while let (number, owner) = try nextReader(after: last) {
            last = number
            guard !excluded.contains(owner) else { continue }
            queues.append(
                try connection.rows(
                    UnreadQuery.oldest, [":owner": .integer(number), ":limit": .integer(limit)]
                ) { (row) throws(SQLiteError) in try row.id() })
        }
        var inbounds: [Inbound] = []
        var failure: SQLiteError?
        for id in queues.inTurns(limit) {
            do throws(SQLiteError) {
                if let inbound = try inbound(id) { inbounds.append(inbound) }
            } catch {
                failure = error
            }
        }
        // One that cannot be read holds up none of the others.
        if inbounds.isEmpty, let failure { throw failure }
        return inbounds
    }

    /// The customer with the next higher number whose API has something to read.
    private func nextReader(after number: Int) throws(SQLiteError) -> (number: Int, owner: Owner)? {
        try connection.first(UnreadQuery.nextOwner, [":after": .integer(number)]) { (row) throws(SQLiteError) in
            (number: try row.integer(), owner: try row.owner())
        }
    }
}

extension Transaction {
    fileprivate func record(
        _ reading: InboundReading, of inbound: Inbound.ID, now: Date
    ) throws(SQLiteError) -> Bool {
        let owner = try connection.first(
            UnreadQuery.read, [":id": .id(inbound), ":echo": .text(reading.echo.text)]
        ) { (row) throws(SQLiteError) in try row.integer() }
        guard let owner else { return false }
        for entry in reading.entries { try insert(entry) }
        if !reading.targets.isEmpty { try appendEvent(of: inbound, to: reading.targets, owner: owner, now: now) }
        return true
    }
}
