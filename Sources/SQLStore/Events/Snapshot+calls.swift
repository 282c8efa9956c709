import FoundationEssentials
import GatewayCore

/// The open calls of one owner to one target.
struct OpenCalls: Sendable {
    /// The owner's number in the store.
    let number: Int
    let owner: Owner
    let target: String
    /// When the first of them is due.
    let dueAt: Date
    /// The server by which the calls are shared out.
    let server: String
}

/// Calls that are due and may be made now, before they are claimed.
struct DueCalls: Sendable {
    let calls: [Call.ID]
    let nextDue: Date?
    let cursor: CallClaims.Cursor
}

extension Snapshot {
    /// The calls to make next: owners and targets in turns, the events of each in the order of time.
    func dueCalls(for request: CallRequest, now: Date) throws(SQLError) -> DueCalls {
        var share = request.share
        let (queues, cursor) = try openCalls(for: request, &share)
        var waiting: [CallRequest.Share.Queue<Event.ID>] = []
        for queue in queues {
            let most = queue.dueAt > now ? 0 : share.most(of: queue.owner, at: queue.server, upTo: request.limit)
            let events = most > 0 ? try firstEvents(of: queue, limit: most, now: now) : []
            waiting.append(CallRequest.Share.Queue(of: queue.owner, at: queue.server, waiting: events))
        }
        var calls: [Call.ID] = []
        for (queue, next) in zip(queues, share.next(request.limit, of: waiting)) {
            calls += next.map { Call.ID(event: $0, target: queue.target) }
        }
        let nextDue = queues.lazy.filter { share.freePermits(of: $0.owner, at: $0.server) > 0 }.map(\.dueAt).min()
        return DueCalls(calls: calls, nextDue: nextDue, cursor: cursor)
    }

    /// How many targets of one owner are read in one look; the next look continues after them.
    private static let targetsPerLook = 64

    /// The queues of owners that may have more calls, each found by one step in the index however long it is.
    ///
    /// - Parameter share: gets the bounds that the request names.
    private func openCalls(
        for request: CallRequest, _ share: inout CallRequest.Share
    ) throws(SQLError) -> (queues: [OpenCalls], cursor: CallClaims.Cursor) {
        var queues: [OpenCalls] = []
        var cursor: CallClaims.Cursor = [:]
        var index = CallIndex.start
        var (owner, count) = (0, 0)
        while let queue = try nextQueue(after: index, for: request) {
            if queue.number != owner {
                (owner, count) = (queue.number, 0)
                if let allowance = request.allowance(queue.owner) { share.allow(allowance, to: queue.owner) }
                guard share.furtherPermits(of: queue.owner) > 0 else {
                    index = .behind(owner)
                    continue
                }
                if let last = request.cursor[owner], queue.target <= last {
                    index = CallIndex(owner: owner, target: last)
                    continue
                }
            }
            if let limit = request.targetLimit(queue.owner, queue.target) { share.restrict(queue.server, to: limit) }
            queues.append(queue)
            count += 1
            index = CallIndex(owner: owner, target: queue.target)
            guard count >= Self.targetsPerLook else { continue }
            cursor[owner] = queue.target
            index = .behind(owner)
        }
        return (queues, cursor)
    }

    private func nextQueue(after index: CallIndex, for request: CallRequest) throws(SQLError) -> OpenCalls? {
        try connection.first(CallQuery.nextQueue, index.bindings) { (row) throws(SQLError) in
            let number = try row.integer()
            let owner = try row.owner()
            let target = try row.text()
            return OpenCalls(
                number: number, owner: owner, target: target, dueAt: try row.time(),
                server: request.server(owner, target))
        }
    }

    private func firstEvents(of queue: OpenCalls, limit: Int, now: Date) throws(SQLError) -> [Event.ID] {
        try connection.rows(
            CallQuery.due,
            [
                ":owner": .integer(queue.number), ":target": .text(queue.target), ":now": .time(now),
                ":limit": .integer(limit),
            ]
        ) { (row) throws(SQLError) in Event.ID(try row.integer()) }
    }
}

extension Connection {
    /// All owners and targets with open calls.
    func targets() throws(SQLError) -> [(owner: Int, target: String)] {
        var targets: [(owner: Int, target: String)] = []
        var index = CallIndex.start
        while let (owner, target) = try first(
            CallQuery.nextTarget, index.bindings,
            read: { (row) throws(SQLError) in (try row.integer(), try row.text()) })
        {
            targets.append((owner, target))
            index = CallIndex(owner: owner, target: target)
        }
        return targets
    }
}

/// A position in the index of open calls: after all calls to a target.
private struct CallIndex {
    var owner: Int
    var target: String
    var dueAt = Int.max

    static let start = CallIndex(owner: 0, target: "")

    /// The position before all calls of the next owner.
    static func behind(_ owner: Int) -> CallIndex { CallIndex(owner: owner + 1, target: "", dueAt: .min) }

    var bindings: Bindings {
        [":owner": .integer(owner), ":target": .text(target), ":due_at": .integer(dueAt)]
    }
}
