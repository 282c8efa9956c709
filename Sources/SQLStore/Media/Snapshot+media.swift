import FoundationEssentials
import GatewayCore

extension Snapshot {
    /// The media to fetch next, in turns among customers and the servers of each.
    ///
    /// - Parameter portion: of the batches, where several processes share them.
    func batchesWithoutMedia(_ request: MediaRequest, in portion: Portion = .all) throws(SQLError) -> MediaTasks {
        guard request.limit > 0 else { return MediaTasks([], cursor: request.cursor) }
        let (lines, cursor) = try mediaLines(from: request.cursor)
        let busy = request.ongoing.values.reduce(into: [MediaSource: Int]()) { $0[$1, default: 0] += 1 }
        var queues: [(owner: Owner, target: MediaSource, waiting: Int)] = []
        for line in lines {
            let taken = busy[line.queue, default: 0]
            let count = try count(line, in: portion, limit: request.limit + taken, now: request.now)
            queues.append((line.queue.owner, line.queue, max(count - taken, 0)))
        }
        var tasks: [MediaTask] = []
        for (line, count) in zip(lines, request.share.allot(request.limit, among: queues)) where count > 0 {
            let due = try due(line, in: portion, limit: count + busy[line.queue, default: 0], now: request.now)
            tasks += due.lazy.filter { request.ongoing[$0.batch] == nil }.prefix(count)
        }
        return MediaTasks(tasks, cursor: cursor)
    }

    /// The progress of a batch that waits for its media; nil for one that does not.
    func mediaWait(of batch: Batch.ID) throws(SQLError) -> MediaWait? {
        try connection.first(MediaQuery.wait, [":batch": .id(batch)]) { (row) throws(SQLError) in
            MediaWait(tries: try row.integer(), dueAt: try row.time(), reason: row.optionalText())
        }
    }

    private struct Line {
        let cursor: MediaCursor
        let queue: MediaSource
    }

    /// The queues that one look reads. A customer may have any number of servers: the next look continues after these.
    private static let linesOfALook = 256

    /// The queues after a cursor, then those before it, and where to continue; nil where these are all.
    private func mediaLines(from start: MediaCursor?) throws(SQLError) -> ([Line], MediaCursor?) {
        let beginning = MediaCursor(owner: 0, server: "")
        var lines: [Line] = []
        var cursor = start ?? beginning
        var hasTurned = start == nil
        while lines.count < Self.linesOfALook {
            if let line = try nextLine(after: cursor) {
                if hasTurned, let start, !line.cursor.isBefore(start), line.cursor != start { return (lines, nil) }
                lines.append(line)
                cursor = line.cursor
            } else {
                guard !hasTurned else { return (lines, nil) }
                hasTurned = true
                cursor = beginning
            }
        }
        return (lines, cursor)
    }

    private func nextLine(after cursor: MediaCursor) throws(SQLError) -> Line? {
        try connection.first(
            MediaQuery.nextQueue, [":owner": .integer(cursor.owner), ":server": .text(cursor.server)]
        ) { (row) throws(SQLError) in
            let cursor = MediaCursor(owner: try row.integer(), server: try row.text())
            return Line(
                cursor: cursor,
                queue: MediaSource(owner: try row.owner(), server: WebServer(description: cursor.server)))
        }
    }

    /// libcurl's words about the last try for a batch's media, if there are any.
    func mediaWords(of batch: Batch.ID) throws(SQLError) -> PeerText? {
        try connection.first(MediaQuery.words, [":batch": .id(batch)]) { row in row.optionalPeerText() } ?? nil
    }

    private func count(_ line: Line, in portion: Portion, limit: Int, now: Date) throws(SQLError) -> Int {
        try connection.first(MediaQuery.countDue, bindings(line, portion, limit, now)) { (row) throws(SQLError) in
            try row.integer()
        } ?? 0
    }

    private func due(_ line: Line, in portion: Portion, limit: Int, now: Date) throws(SQLError) -> [MediaTask] {
        try connection.rows(MediaQuery.due, bindings(line, portion, limit, now)) { (row) throws(SQLError) in
            let fields = row.fields(of: MediaTaskColumn.self)
            return MediaTask(
                batch: try fields[.batch].id(), revision: try fields[.revision].integer(), queue: line.queue,
                number: try fields[.mediaFetched].integer(), url: fields[.url].optionalText(),
                isStrict: try fields[.isStrict].flag(),
                tries: try fields[.mediaTries].integer(), expireAt: try fields[.expireAt].time(),
                trace: fields[.trace].optionalText().map(Trace.init(kept:)))
        }
    }

    private func bindings(_ line: Line, _ portion: Portion, _ limit: Int, _ now: Date) -> Bindings {
        let bindings: Bindings = [
            ":owner": .integer(line.cursor.owner), ":server": .text(line.cursor.server), ":now": .time(now),
            ":limit": .integer(limit),
        ]
        switch connection.driver.dialect {
        case .sqlite: return bindings
        case .postgres:
            return bindings.with([":portion": .integer(portion.number), ":portions": .integer(portion.count)])
        }
    }
}

/// What is read of a batch whose media is to be fetched.
enum MediaTaskColumn: Int, Columns {
    case batch, revision, mediaFetched, url, isStrict, mediaTries, expireAt, trace

    var sql: String {
        switch self {
        case .batch, .revision, .mediaFetched, .mediaTries: "batch_progress.\(name)"
        // NULL where all media is here.
        case .url: "json_extract(batch.media, '$[' || batch_progress.media_fetched || '].url')"
        case .isStrict, .expireAt: "batch.\(name)"
        case .trace: BatchColumn.trace.sql
        }
    }

    static func list(in dialect: Dialect) -> String {
        switch dialect {
        case .sqlite: list
        case .postgres:
            list(with: [.url: "CAST(batch.media AS JSON) -> CAST(batch_progress.media_fetched AS INTEGER) ->> 'url'"])
        }
    }
}

extension MediaCursor {
    fileprivate func isBefore(_ other: MediaCursor) -> Bool {
        // Compared by octets, like texts in the store.
        owner != other.owner
            ? owner < other.owner : server.utf8.lexicographicallyPrecedes(other.server.utf8)
    }
}

enum StoredMediaColumn: Int, Columns {
    case hash, type, bytes, givenName

    var sql: String {
        switch self {
        case .givenName: "name"
        default: name
        }
    }
}

extension Snapshot {
    /// The batch with those of its media that are here.
    func content(of batch: Batch.ID) throws(SQLError) -> (BatchRow, [StoredMedia])? {
        let media = try media(of: batch)
        return try self.batch(batch).map { ($0, media) }
    }

    func media(of batch: Batch.ID) throws(SQLError) -> [StoredMedia] {
        try connection.rows(MediaQuery.stored, [":batch": .id(batch)]) { (row) throws(SQLError) in
            let fields = row.fields(of: StoredMediaColumn.self)
            return StoredMedia(
                hash: try fields[.hash].text(), contentType: try fields[.type].text(),
                byteCount: try fields[.bytes].integer(), name: fields[.givenName].optionalText())
        }
    }
}
