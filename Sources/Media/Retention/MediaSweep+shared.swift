import FoundationEssentials
import GatewayCore
import Logging

/// The sweep of media that several gateways share in a database, by the same rules as that of files. Ages are the
/// database's: what a gateway stores there is young by the clock that judges it.
extension MediaSweep {
    /// Before the first sweep of a gateway whose media were its own until now.
    func shareFilesAndTell() async {
        do {
            guard let share = try await library.shareFilesOnce(), share != .init() else { return }
            logger.notice(
                "The media of the data directory is shared now",
                metadata: ["files": .stringConvertible(share.sharedCount)])
            guard share.damagedCount > 0 else { return }
            logger.error(
                "Media files are damaged and were not shared; put them back from a backup",
                metadata: ["files": .stringConvertible(share.damagedCount)])
        } catch {
            guard !Task.isCancelled else { return }
            logger.error(
                "The media of the data directory could not be shared; it is tried again in an hour",
                metadata: ["error": "\(error)"])
        }
    }

    func sweepAndTell(of shared: any SharedMedia) async {
        do {
            let sweep = try await sweep(shared)
            if isHousekeeper() { try await shared.removeLoose() }
            if sweep.removedCount > 0 {
                logger.info(
                    "Shared media was removed that nobody used for long, or there was too much",
                    metadata: [
                        "count": .stringConvertible(sweep.removedCount),
                        "bytes": .stringConvertible(sweep.removedBytes),
                    ])
            }
            if let limit = retention.sizeBytes, sweep.keptBytes > limit {
                logger.warning(
                    "There is more shared media than media.retention.size, and all of it is needed or less than an hour old",
                    metadata: ["bytes": .stringConvertible(sweep.keptBytes), "limit": .stringConvertible(limit)])
            }
        } catch {
            guard !Task.isCancelled else { return }
            logger.error(
                "Shared media could not be swept; it is tried again in an hour", metadata: ["error": "\(error)"])
        }
    }

    /// One sweep. What is kept is counted where its size has a limit.
    @discardableResult
    func sweep(_ shared: any SharedMedia) async throws -> Sweep {
        var sweep = Sweep()
        try await remove(from: shared, olderThan: max(retention.age, Self.grace), &sweep)
        guard let limit = retention.sizeBytes else { return sweep }
        sweep.keptBytes = try await shared.totalBytes()
        try await remove(from: shared, olderThan: Self.grace, &sweep) { $0.keptBytes > limit }
        return sweep
    }

    /// Removes what is not needed, the oldest first, in slices.
    ///
    /// - Parameter goesOn: called before each removal, with what the sweep will have done by then.
    private func remove(
        from shared: any SharedMedia, olderThan age: Duration, _ sweep: inout Sweep,
        while goesOn: (Sweep) -> Bool = { _ in true }
    ) async throws {
        var last: SharedMedium?
        // Another gateway may have become the housekeeper.
        while goesOn(sweep), isHousekeeper() {
            try Task.checkCancellation()
            let slice = try await shared.content(olderThan: age, now: now, after: last, limit: Self.step)
            guard !slice.isEmpty else { return }
            last = slice.last
            let needed = try await needs.needed(among: slice.map(\.hash))
            var planned = sweep
            let unneeded = slice.filter { medium in
                guard !needed.contains(medium.hash), goesOn(planned) else { return false }
                planned.keptBytes -= medium.byteCount
                return true
            }
            let removed = try await shared.remove(unneeded)
            let bytes = removed.reduce(0) { $0 + $1.byteCount }
            sweep.removedCount += removed.count
            sweep.removedBytes += bytes
            sweep.keptBytes -= bytes
        }
    }
}
