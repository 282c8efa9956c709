import CoreMetrics
package import FoundationEssentials
package import GatewayCore

/// What is read at a scrape. A gauge is made when its figure is first known: before that, a zero would claim something
/// that nobody has looked at.
extension Telemetry {
    /// A check of readiness passed or did not.
    package func checked(_ check: ReadinessCheck, passes: Bool) {
        Meter(.ready, [("check", check.rawValue)], of: factory).set(passes ? 1 : 0)
    }

    /// The room of the file system that has the data directory.
    package func dataRoom(freeBytes: Int, sizeBytes: Int) {
        Meter(.dataFreeBytes, of: factory).set(freeBytes)
        Meter(.dataSizeBytes, of: factory).set(sizeBytes)
    }

    /// - Parameters:
    ///   - usedBytes: what the database holds.
    ///   - limitBytes: how large it may grow; nil where the disk alone bounds it.
    package func storeSize(usedBytes: Int, limitBytes: Int?) {
        Meter(.storeUsedBytes, of: factory).set(usedBytes)
        Meter(.storeLimitBytes, of: factory).set(limitBytes ?? 0)
    }

    /// What the store keeps, and what is free in it.
    package func keeps(_ kept: KeptSpan, now: Date) {
        Meter(.oldestBatch, of: factory).set(kept.oldestBatch.map { max(now.since($0), .zero) / .seconds(1) } ?? 0)
        Meter(.storeFreeBytes, of: factory).set(kept.freeBytes)
    }

    /// The gateways that share the store, as this one sees them.
    package func shares(_ membership: StoreMembership) {
        Meter(.replicas, of: factory).set(membership.count)
        Meter(.leaseSeconds, of: factory).set(membership.secondsLeft)
    }

    /// A certificate of ours is in use.
    ///
    /// - Parameter name: where the configuration has it, such as `server.tls`, or `mmscs.north.tls` for that of an MMSC.
    package func certificate(_ name: String, expiresAt date: Date) {
        Meter(.certificateExpiry, [("certificate", name)], of: factory).set(date.timeIntervalSince1970)
    }
}
