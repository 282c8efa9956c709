package import FoundationEssentials
package import GatewayCore

extension SQLStore {
    package func claimDue(_ request: ClaimRequest) async throws(StoreFailure) -> Claims {
        if parts.replicas?.isElsewhere(.lane(mmsc: request.mmsc)) ?? false { return Claims([]) }
        return try await writer.write { (transaction) throws(SQLError) in try transaction.claimDue(request) }
    }

    package func record(_ result: SubmissionResult, of claim: Claim, now: Date) async throws(StoreFailure) {
        try await writer.write { (transaction) throws(SQLError) in
            try transaction.record(result, of: claim, now: now)
        }
    }

    package func endLeases(except ongoing: Set<Message.ID>, now: Date) async throws(StoreFailure) -> Int {
        let count = try await writer.write { (transaction) throws(SQLError) in
            if transaction.isClockSettled() {
                try transaction.connection.write(PulseQuery.keepTime, [":now": .time(now)])
            } else {
                // The time is not recorded, but the database is still shown to be in use.
                try transaction.probe()
            }
            _ = try transaction.standing(to: .housekeeping, now: now)
            return try transaction.endLeases(until: now, except: ongoing, now: now) { (mmsc) throws(SQLError) in
                try transaction.looksAfterClaims(at: mmsc)
            }
        }
        try await parts.takeUpWork()
        // Last: a batch that cannot be withdrawn keeps no lease from its end.
        try await parts.withdrawTheRest(now: now)
        return count
    }

    package func reroute(
        from cursor: WaitingCursor?, limit: Int, routes: Routes, among open: Set<String>
    ) async throws(StoreFailure) -> WaitingCursor? {
        guard parts.keepsHouse else { return nil }
        return try await writer.write { (transaction) throws(SQLError) in
            try transaction.reroute(from: cursor, limit: limit, routes: routes, among: open)
        }
    }

    package func waitingCarriers() async throws(StoreFailure) -> [Carriers] {
        try await readers.read { (snapshot) throws(SQLError) in try snapshot.connection.waitingCarriers() }
    }
}
