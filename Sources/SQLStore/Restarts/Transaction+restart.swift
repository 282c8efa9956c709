import FoundationEssentials
import GatewayCore

extension Transaction {
    /// At the start of a process nothing is being worked on: everything that was claimed is due again, and so is what
    /// would wait too long because the clock was set back since. SubmitReqs have been treated before.
    ///
    /// - Parameter limit: the most rows of each kind.
    /// - Returns: how many rows were changed; there may be more until it returns 0.
    func restart(limit: Int, now: Date) throws(SQLError) -> Int {
        let events = try endCalls(limit: limit, now: now)
        let cancellations = try connection.run(
            CancellationQuery.endLeases, [":now": .time(now), ":limit": .integer(limit)])
        let uploads = try restartUploads(limit: limit)
        let waits = try endWaits(begunAfter: now, last: LeaseEnds(now), limit: limit)
        let moves = try moveMessages(limit: limit)
        return events + cancellations + uploads + waits + moves
    }

    private func endCalls(limit: Int, now: Date) throws(SQLError) -> Int {
        var ended = 0
        for queue in try connection.targets() where ended < limit {
            ended += try connection.run(
                CallQuery.endLeases,
                [
                    ":owner": .integer(queue.owner), ":target": .text(queue.target), ":now": .time(now),
                    ":limit": .integer(limit - ended),
                ])
        }
        if ended > 0 { signals.events = true }
        return ended
    }
}
