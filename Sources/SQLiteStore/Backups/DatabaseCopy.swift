package import FoundationEssentials
package import GatewayCore
import Glibc
import SQLStore

/// A copy of the database in one file, without a log beside it.
///
/// It bears a mark that it is a copy, so that the first gateway that opens it knows that what it has queued may have
/// been sent since, however the file came into its data directory.
package struct DatabaseCopy: Sendable {
    package let path: String

    /// A copy that was made before.
    package init(at path: String) {
        self.path = path
    }

    /// What a copy holds.
    package struct Facts: Sendable, Equatable {
        package let schema: Int
        package let batches: Int
        package let messages: Int
        /// Messages that no MMSC had taken.
        package let waiting: Int
        package let inbounds: Int
    }

    /// Copies the database of a data directory, whether a gateway runs there or not.
    ///
    /// - Parameters:
    ///   - path: where nothing is yet; what is there after an error is worthless.
    ///   - now: when the copy is made.
    /// - Throws: `.unavailable` with what to do, when the database or its copy cannot be read or written, or the disk is
    ///   full; `.broken` when it is no database of this release.
    package static func make(
        of directory: String, at path: String, pace: CopyPace = CopyPace(), now: Date,
        busyTimeout: Duration = .seconds(5), onProgress: (CopyProgress) -> Void = { _ in }
    ) throws(StoreFailure) -> DatabaseCopy {
        let directory = DataDirectory(path: directory)
        try directory.checkReadable()
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unavailable("\(path) cannot be made: \(DiskRefusal())") }
        close(descriptor)
        do throws(SQLError) {
            let source = try SQLiteDriver.reader(path: directory.database, busyTimeout: busyTimeout)
            defer { source.close() }
            try source.requireSchema()
            let target = try SQLiteDriver(path: path, access: .readWrite)
            defer { target.close() }
            // Nobody reads the file before it is whole and on the disk.
            try target.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", doing: "setting up the copy")
            try source.copy(to: target, stepPages: Int32(clamping: pace.stepPages)) {
                (pages, remaining) throws(SQLError) in
                let progress = CopyProgress(pages: pages, remainingPages: remaining, logBytes: directory.logBytes)
                onProgress(progress)
                switch pace.next(logBytes: progress.logBytes) {
                case .pause(let time): usleep(UInt32(time.seconds * 1_000_000))
                case .goOn: break
                case .giveUp(let reason): throw .givenUp(reason)
                }
            }
            // The copy says of itself that it has a log, as the database has one.
            _ = try target.value(of: "PRAGMA journal_mode = DELETE")
            try target.require("journal_mode", "delete")
            try target.run(CopyQuery.mark, [":now": .time(now)])
        } catch {
            throw StoreFailure(error)
        }
        return DatabaseCopy(at: path)
    }

    package func facts() throws(StoreFailure) -> Facts {
        try reading { (connection) throws(SQLError) in
            let schema = try connection.requireSchemaOfCopy()
            let facts = try connection.first(CopyQuery.counts) { (row) throws(SQLError) in
                Facts(
                    schema: schema, batches: try row.integer(), messages: try row.integer(),
                    waiting: try row.integer(), inbounds: try row.integer())
            }
            guard let facts else { throw .unreadable("the counts of a copy") }
            return facts
        }
    }

    /// What is wrong with the file, its references, or its mark; empty if nothing is.
    package func faults() throws(StoreFailure) -> [String] {
        try reading { (connection) throws(SQLError) in
            _ = try connection.requireSchemaOfCopy()
            var faults = try connection.rows(CopyQuery.integrity) { (row) throws(SQLError) in try row.text() }
                .filter { $0 != "ok" }
            faults += try connection.rows(CopyQuery.strays) { (row) throws(SQLError) in
                "\(try row.text()) has rows that refer to what is not in \(try row.text())"
            }
            let copiedAt = try connection.first(CopyQuery.copiedAt) { $0.optionalTime() } ?? nil
            if copiedAt == nil { faults.append("it is not marked as a copy: a gateway has run on it") }
            return faults
        }
    }

    /// The contents that messages still need and of which `isThere` is not true, asked for each that is named.
    package func missingMedia(where isThere: (String) -> Bool) throws(StoreFailure) -> [String] {
        try reading { (connection) throws(SQLError) in
            var (missing, last): ([String], String) = ([], "")
            while true {
                let named = try connection.rows(
                    CopyQuery.media, [":last": .text(last), ":limit": .integer(Self.step)]
                ) { (row) throws(SQLError) in try row.text() }
                guard let end = named.last else { return missing }
                last = end
                let list = JSONColumn.plainList(named.filter { !isThere($0) })
                missing += try connection.rows(MediaQuery.needed, [":hashes": .text(list)]) {
                    (row) throws(SQLError) in try row.text()
                }
            }
        }
    }

    private static let step = 500

    /// No lock is taken and nothing is written beside the file, which may be on a disk that cannot be written.
    private func reading<Value>(
        _ body: (SQLiteDriver) throws(SQLError) -> Value
    ) throws(StoreFailure) -> Value {
        do throws(SQLError) {
            let connection = try SQLiteDriver(path: path, access: .withoutLog)
            defer { connection.close() }
            return try body(connection)
        } catch {
            throw StoreFailure(error)
        }
    }
}

extension SQLiteDriver {
    /// A copy may be older than the program that restores it, since a start brings it up to date.
    ///
    /// - Returns: the schema of the copy.
    fileprivate func requireSchemaOfCopy() throws(SQLError) -> Int {
        _ = try isNew()
        let version = try value(of: "PRAGMA user_version").flatMap { Int($0) } ?? 0
        let (first, newest) = (Migration.operation.number, Migration.all.last?.number ?? 0)
        guard version >= first else {
            throw .refused("it has schema \(version), and no backup before schema \(first) is known")
        }
        guard version <= newest else {
            throw .refused("it has schema \(version), this release reads \(newest); a later release is needed")
        }
        return version
    }
}

extension DataDirectory {
    fileprivate var logBytes: Int {
        var status = stat()
        return stat(log, &status) == 0 ? Int(status.st_size) : 0
    }
}
