import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Makes an inbound message wait for its uploads; its owner is notified when they have ended, if at all.
    func awaitUploads(of inbound: Inbound.ID, owner: Int, notifiesOwner: Bool, token: UploadToken) throws(SQLError) {
        try connection.write(
            UploadQuery.insert,
            [
                ":inbound": .id(inbound), ":owner": .integer(owner), ":token": .text(token.text),
                ":notifies_owner": .flag(notifiesOwner),
            ])
        signals.uploads = true
    }

    /// Claims waiting uploads, which are not given out again before the lease ends: customers in turns, the oldest of
    /// each first.
    func claimUploads(_ request: UploadRequest, now: Date) throws(SQLError) -> [UploadClaim] {
        try endUploadLeases(until: now, except: request.ongoing)
        try connection.write(UploadQuery.shortenLeases, [":last": .time(request.leaseUntil)])
        try connection.write(UploadQuery.endPauses, [":now": .time(now)])
        try connection.write(UploadQuery.shortenPauses, [":last": .time(request.lastPauseEnd(from: now))])
        var queues: [UploadRequest.Share.Queue<UploadClaim.ID>] = []
        var last = 0
        while let (number, owner) = try nextUploader(after: last) {
            last = number
            let most = request.share.most(of: owner, at: owner, upTo: request.limit)
            guard most > 0 else { continue }
            let waiting = try connection.rows(
                UploadQuery.waiting, [":owner": .integer(number), ":limit": .integer(most)]
            ) { (row) throws(SQLError) in try row.id() as UploadClaim.ID }
            queues.append(UploadRequest.Share.Queue(of: owner, at: owner, waiting: waiting))
        }
        var claims: [UploadClaim] = []
        for (queue, next) in zip(queues, request.share.next(request.limit, of: queues)) {
            for id in next {
                claims.append(try claim(id, of: queue.owner, until: request.leaseUntil))
            }
        }
        return claims
    }

    private func claim(
        _ id: UploadClaim.ID, of owner: Owner, until end: Date
    ) throws(SQLError) -> UploadClaim {
        let claimed = try connection.first(
            UploadQuery.claim, [":inbound": .id(id), ":lease_until": .time(end)]
        ) { (row) throws(SQLError) in (token: UploadToken(try row.text()), tries: try row.integer()) }
        guard let claimed, let inbound = try Snapshot(connection: connection).inbound(id) else {
            throw .unreadable("an upload that was just found")
        }
        return UploadClaim(inbound, of: owner, token: claimed.token, tries: claimed.tries)
    }

    /// - Parameter media: as JSON.
    func postponeUploads(of inbound: Inbound.ID, media: String, until: Date) throws(SQLError) {
        let count = try connection.run(
            UploadQuery.postpone, [":inbound": .id(inbound), ":due_at": .time(until)])
        // The upload was ended meanwhile by the worker that held it before.
        guard count > 0 else { return }
        try connection.write(UploadQuery.recordMedia, [":inbound": .id(inbound), ":media": .text(media)])
    }

    /// - Parameter media: as JSON.
    func record(_ media: String, of inbound: Inbound.ID, now: Date) throws(SQLError) {
        let ended = try connection.first(
            UploadQuery.end, [":inbound": .id(inbound)]
        ) { (row) throws(SQLError) in (owner: try row.integer(), notifiesOwner: try row.flag()) }
        // The upload had ended before, and the customer was notified then.
        guard let ended else { return }
        try connection.write(UploadQuery.recordMedia, [":inbound": .id(inbound), ":media": .text(media)])
        if ended.notifiesOwner { try appendEvent(of: inbound, owner: ended.owner, now: now) }
    }

    /// At the start of a process no upload is being worked on, and the storage may be back.
    ///
    /// - Returns: how many postponed uploads wait again; there may be more until it returns 0.
    func restartUploads(limit: Int) throws(SQLError) -> Int {
        try endUploadLeases(until: .distantFuture, except: [])
        let count = try connection.run(UploadQuery.forgetPauses, [":limit": .integer(limit)])
        if count > 0 { signals.uploads = true }
        return count
    }

    /// Ends the leases that end by then; their uploads wait again.
    private func endUploadLeases(until time: Date, except ongoing: Set<UploadClaim.ID>) throws(SQLError) {
        let list = JSONColumn.plainList(ongoing.lazy.map(\.description))
        let count = try connection.run(UploadQuery.endLeases, [":now": .time(time), ":ongoing": .text(list)])
        if count > 0 { signals.uploads = true }
    }

    /// The owner with the next higher number that has something to upload.
    private func nextUploader(after number: Int) throws(SQLError) -> (number: Int, owner: Owner)? {
        try connection.first(UploadQuery.nextOwner, [":after": .integer(number)]) { (row) throws(SQLError) in
            (number: try row.integer(), owner: try row.owner())
        }
    }
}
