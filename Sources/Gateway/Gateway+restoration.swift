import FoundationEssentials
import GatewayConfiguration
import GatewayCore
import Logging
import SQLStore
import SQLiteStore

extension Gateway {
    /// Puts in doubt what a restored database has queued, or warns that a database may be restored.
    func lookForRestoration(of store: any StoreStart, _ media: OpenedMedia) async throws {
        if isRestored || store.findings.isCopy {
            try await media.shareAgain()
            let count = try await store.doubtQueued(now: clock.now())
            return logger.warning(
                "The database was restored from a backup: what it had queued may have been sent, and its MMSC's on_lost_answer decides",
                metadata: ["count": .stringConvertible(count)])
        }
        guard store.waitingCount > 0,
            let finding = RestorationFinding(lastEntry: store.findings.lastEntry, lastRun: lastRun, now: clock.now())
        else { return }
        logger.warning(
            finding.sentence,
            metadata: ["hours": .stringConvertible(finding.hours), "waiting": .stringConvertible(store.waitingCount)])
    }
}

/// Why a database looks like one that was restored from a backup: what it has queued would be sent again.
struct RestorationFinding: Equatable {
    /// Whether it is certain: the database is older than what the gateway wrote beside it.
    let isCertain: Bool
    let hours: Int

    /// - Parameters:
    ///   - lastEntry: when the gateway last looked after the database; nil for a new one.
    ///   - lastRun: when a gateway last wrote down its time beside it.
    init?(lastEntry: Date?, lastRun: Date?, now: Date) {
        guard let lastEntry else { return nil }
        let missing = lastRun.map { $0.since(lastEntry) } ?? .zero
        let age = now.since(lastEntry)
        isCertain = missing > Self.tolerance
        guard isCertain || age > Self.longStop else { return nil }
        hours = Int(max(missing, age).seconds / 3600)
    }

    var sentence: Logger.Message {
        isCertain
            ? "The database is older than the gateway's last run, as one that was restored from a backup is: what was sent since is sent again; stop it and start once with serve --restored to let on_lost_answer decide"
            : "The database has no entry for hours; if it was restored from a backup, what was sent since is sent again: stop it and start once with serve --restored to let on_lost_answer decide"
    }

    /// The database gets an entry each minute, the record beside it every few seconds.
    private static let tolerance = Duration.seconds(300)
    private static let longStop = Duration.seconds(3600)
}
