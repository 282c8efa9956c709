import FoundationEssentials
import GatewayCore

/// An upload that was claimed, before the message is read.
struct ClaimedUpload: Sendable {
    let id: UploadClaim.ID
    let token: UploadToken
}

extension Transaction {
    /// The message is told when its uploads have ended, if it is told at all.
    func awaitUploads(of inbound: Inbound.ID, owner: Int, isTold: Bool, token: UploadToken) throws(SQLiteError) {
        try connection.run(
            UploadQuery.insert,
            [
                ":inbound": .id(inbound), ":owner": .integer(owner), ":token": .text(token.text),
                ":is_told": .flag(isTold),
            ])
        bells.uploads = true
    }

    func claimUploads(
        limit: Int, perOwner: Int, except ongoing: Set<UploadClaim.ID>, now: Date, leaseUntil: Date
    ) throws(SQLiteError) -> [ClaimedUpload] {
        try endUploadLeases(until: now, except: ongoing)
        // The n-th of an owner waits for the n-1 before it, those that are going on included.
        var candidates: [(turn: Int, id: UploadClaim.ID)] = []
        var last = 0
        while let (number, owner) = try nextUploader(after: last) {
            last = number
            let busy = ongoing.count { $0.owner == owner }
            guard busy < perOwner else { continue }
            let waiting = try connection.rows(
                UploadQuery.waiting, [":owner": .integer(number), ":limit": .integer(min(perOwner - busy, limit))]
            ) { (row) throws(SQLiteError) in UploadClaim.ID(inbound: try row.id(), owner: owner) }
            for (place, id) in waiting.enumerated() { candidates.append((busy + place, id)) }
        }
        candidates.sort { ($0.turn, $0.id.inbound) < ($1.turn, $1.id.inbound) }
        var claims: [ClaimedUpload] = []
        for (_, id) in candidates.prefix(max(limit, 0)) {
            let token = try connection.first(
                UploadQuery.claim, [":inbound": .id(id.inbound), ":lease_until": .time(leaseUntil)]
            ) { (row) throws(SQLiteError) in UploadToken(try row.text()) }
            if let token { claims.append(ClaimedUpload(id: id, token: token)) }
        }
        return claims
    }

    /// - Parameter media: as JSON.
    func record(_ media: String, of inbound: Inbound.ID, now: Date) throws(SQLiteError) {
        let isTold = try connection.first(
            UploadQuery.end, [":inbound": .id(inbound)]
        ) { (row) throws(SQLiteError) in try row.flag() }
        guard let isTold else { return }
        try connection.run(UploadQuery.recordMedia, [":inbound": .id(inbound), ":media": .text(media)])
        guard isTold else { return }
        try connection.run(EventQuery.insertInboundReceived, [":inbound": .id(inbound), ":now": .time(now)])
        bells.events = true
    }

    /// What was claimed until then waits again.
    func endUploadLeases(until time: Date, except ongoing: Set<UploadClaim.ID> = []) throws(SQLiteError) {
        let list = JSONColumn.plainList(ongoing.lazy.map(\.inbound.description))
        let count = try connection.run(UploadQuery.endLeases, [":now": .time(time), ":ongoing": .text(list)])
        if count > 0 { bells.uploads = true }
    }

    /// The owner with the next higher number that has something to upload.
    private func nextUploader(after number: Int) throws(SQLiteError) -> (number: Int, owner: Owner)? {
        try connection.first(UploadQuery.nextOwner, [":after": .integer(number)]) { (row) throws(SQLiteError) in
            (number: try row.integer(), owner: try row.owner())
        }
    }
}
