package import FoundationEssentials
package import GatewayCore
package import Logging
import ServiceLifecycle
import WorkLoop

/// Removes media that was not used for long, and the oldest where there is too much, at the start and then each hour.
///
/// Media that is needed stays, whatever its age, and so does media stored within the last hour: it is stored before the
/// row that names it is written, so the store cannot know yet that it is needed. That gap is far shorter than an hour.
package struct MediaSweep: Service {
    let library: MediaLibrary
    let needs: any MediaNeeds
    private let clock: any DomainClock
    private let machine: @Sendable () -> Date
    let retention: Retention
    /// Whether this gateway sweeps what several share.
    let isHousekeeper: @Sendable () -> Bool
    let logger: Logger

    package struct Retention: Sendable {
        /// The most time since the content was last stored.
        package var age: Duration
        /// The most bytes of all media together; nil for no limit.
        package var sizeBytes: Int?

        package init(age: Duration = .seconds(30 * 86400), sizeBytes: Int? = nil) {
            self.age = age
            self.sizeBytes = sizeBytes
        }
    }

    /// - Parameters:
    ///   - machine: the machine's time of day, which files bear. If it is behind the gateway's clock, new files would
    ///     look old, and if it is ahead, all files would.
    ///   - isHousekeeper: whether this gateway is the one, of several that share media, which sweeps them; asked again
    ///     and again. Two that sweep at once do no harm, and the same work twice.
    package init(
        library: MediaLibrary, needs: any MediaNeeds, clock: any DomainClock,
        machine: @escaping @Sendable () -> Date = { Date() }, retention: Retention,
        isHousekeeper: @escaping @Sendable () -> Bool = { true }, logger: Logger
    ) {
        self.machine = machine
        self.isHousekeeper = isHousekeeper
        self.library = library
        self.needs = needs
        self.clock = clock
        self.retention = retention
        self.logger = logger
    }

    package func run() async throws {
        await HourlySweep.run(by: clock, sweepAndTell)
    }

    /// What a sweep did.
    struct Sweep: Sendable, Equatable {
        var removedCount = 0
        var removedBytes = 0
        /// The bytes of all that stays.
        var keptBytes = 0
    }

    private func sweepAndTell() async {
        await shareFilesAndTell()
        // A file that only copies shared content is each gateway's own.
        if !library.isFolderShared || isHousekeeper() { await sweepFilesAndTell() }
        if let shared = library.sharing?.media, isHousekeeper() { await sweepAndTell(of: shared) }
    }

    private func sweepFilesAndTell() async {
        do {
            guard let sweep = try await sweepUnlessCopied() else {
                return logger.notice("Media is not swept while a backup is made; it is tried again in an hour")
            }
            if sweep.removedCount > 0 {
                logger.info(
                    "Media was removed that nobody used for long, or there was too much",
                    metadata: [
                        "files": .stringConvertible(sweep.removedCount),
                        "bytes": .stringConvertible(sweep.removedBytes),
                    ])
            }
            if let limit = retention.sizeBytes, sweep.keptBytes > limit {
                logger.warning(
                    "There is more media than media.retention.size, and all of it is needed or less than an hour old",
                    metadata: ["bytes": .stringConvertible(sweep.keptBytes), "limit": .stringConvertible(limit)])
            }
        } catch {
            guard !Task.isCancelled else { return }
            logger.error("Media could not be swept; it is tried again in an hour", metadata: ["error": "\(error)"])
        }
    }

    /// Nil while a backup is made: the copy of the database may need what the database itself needs no more.
    func sweepUnlessCopied() async throws -> Sweep? {
        // No backup copies a folder that is shared.
        if library.isFolderShared { return try await sweep() }
        guard let lock = try library.lock() else { return nil }
        defer { withExtendedLifetime(lock) {} }
        return try await sweep()
    }

    /// One sweep of all shelves.
    @discardableResult
    func sweep() async throws -> Sweep {
        let now = self.now
        try await library.removeDrafts(olderThan: now.before(Self.lifeOfDrafts))
        var sweep = Sweep()
        try await removeOld(before: now.before(max(retention.age, Self.grace)), &sweep)
        if let limit = retention.sizeBytes { try await shrink(to: limit, before: now.before(Self.grace), &sweep) }
        return sweep
    }

    /// The earlier one of two clocks, either of which may be wrong.
    var now: Date { min(clock.now(), machine()) }

    private func removeOld(before time: Date, _ sweep: inout Sweep) async throws {
        let limit = time.nanoseconds
        for shelf in MediaLibrary.shelves {
            try Task.checkCancellation()
            let entries = try await library.entries(on: shelf)
            sweep.keptBytes += entries.reduce(0) { $0 + $1.byteCount }
            try await remove(entries.filter { $0.storedAt < limit }, &sweep)
        }
    }

    /// Removes the oldest files until the rest fits. Each round looks at all shelves and keeps the oldest few behind
    /// those of the round before, so that neither many files nor many that are needed take memory.
    private func shrink(to limitBytes: Int, before time: Date, _ sweep: inout Sweep) async throws {
        var last: MediaLibrary.Entry?
        while sweep.keptBytes > limitBytes {
            let oldest = try await oldest(after: last, before: time.nanoseconds)
            guard !oldest.isEmpty else { return }
            last = oldest.last
            try await remove(oldest, &sweep) { $0.keptBytes > limitBytes }
        }
    }

    private func oldest(
        after last: MediaLibrary.Entry?, before limit: Int64
    ) async throws -> [MediaLibrary.Entry] {
        var oldest: [MediaLibrary.Entry] = []
        for shelf in MediaLibrary.shelves {
            try Task.checkCancellation()
            oldest += try await library.entries(on: shelf).filter { entry in
                entry.storedAt < limit && last.map { $0 < entry } ?? true
            }
            oldest.sort()
            oldest.removeLast(max(oldest.count - Self.round, 0))
        }
        return oldest
    }

    /// Removes what is not needed, in steps: a question to the store and the disk's work for each.
    ///
    /// - Parameter goesOn: called before each file, with what the sweep will have done by then.
    private func remove(
        _ entries: [MediaLibrary.Entry], _ sweep: inout Sweep, while goesOn: (Sweep) -> Bool = { _ in true }
    ) async throws {
        for step in entries.steps(of: Self.step) {
            try Task.checkCancellation()
            guard goesOn(sweep) else { return }
            let needed = try await needs.needed(among: step.map(\.hash))
            var planned = sweep
            let unneeded = step.filter { entry in
                guard !needed.contains(entry.hash), goesOn(planned) else { return false }
                planned.keptBytes -= entry.byteCount
                return true
            }
            let removed = try await library.remove(unneeded)
            let bytes = removed.reduce(0) { $0 + $1.byteCount }
            sweep.removedCount += removed.count
            sweep.removedBytes += bytes
            sweep.keptBytes -= bytes
        }
    }

    private static let lifeOfDrafts = Duration.seconds(86400)
    static let grace = Duration.seconds(3600)
    /// The files in one query to the store.
    static let step = 500
    /// Files that a round remembers.
    private static let round = 10_000
}

extension Date {
    fileprivate func before(_ duration: Duration) -> Date { self + (.zero - duration) }
}

extension Collection where Index == Int {
    /// Slices of this many elements; the last has the rest.
    fileprivate func steps(of count: Int) -> some Sequence<SubSequence> {
        stride(from: startIndex, to: endIndex, by: count).lazy.map { self[$0..<Swift.min($0 + count, self.endIndex)] }
    }
}
