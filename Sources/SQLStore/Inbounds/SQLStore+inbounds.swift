package import FoundationEssentials
package import GatewayCore

extension SQLStore {
    package func receive(
        _ delivery: InboundDelivery, from mmsc: String, now: Date
    ) async throws(StoreFailure) -> InboundResult {
        var copies: [WrittenInbound] = []
        for copy in delivery.copies { copies.append(try WrittenInbound(copy)) }
        return try await writer.write { [copies] (transaction) throws(SQLError) in
            try transaction.receive(copies, of: delivery, from: mmsc, now: now)
        }
    }

    package func hasRoomForUnowned(upTo most: Int) async throws(StoreFailure) -> Bool {
        try await readers.read { (snapshot) throws(SQLError) in
            try snapshot.connection.countUnaddressed(upTo: most) < most
        }
    }

    package func dropInbounds(receivedBefore time: Date, limit: Int) async throws(StoreFailure) -> Int {
        guard parts.keepsHouse else { return 0 }
        return try await writer.write { (transaction) throws(SQLError) in
            try transaction.connection.run(InboundQuery.dropAged, [":before": .time(time), ":limit": .integer(limit)])
        }
    }

    package func inbound(_ id: Inbound.ID, of owner: Owner) async throws(StoreFailure) -> Inbound? {
        let inbound = try await customerReads.read(for: owner) { (snapshot) throws(SQLError) in
            try snapshot.inbound(id)
        }
        return inbound?.owner == owner ? inbound : nil
    }

    package func inbounds(
        of owner: Owner, matching filter: InboundFilter, page: Page
    ) async throws(StoreFailure) -> Paged<Inbound> {
        try await customerReads.read(for: owner) { (snapshot) throws(SQLError) in
            try snapshot.inbounds(of: owner, matching: filter, page: page)
        }
    }
}
