import FoundationEssentials
import GatewayCore
import Glibc
import SQLStore
import Synchronization

/// The beginning and the end of a process among the others.
extension Membership {
    /// Counts this process as running from now on. What ran in the same data directory before is over.
    ///
    /// - Parameter connection: that of the writer.
    /// - Returns: whether others run.
    func join(on connection: Connection) throws(SQLError) -> Bool {
        let deadline = ContinuousClock.now + Self.longestStart
        while true {
            let sentAt = ContinuousClock.now
            let (others, starting) = try joinOnce(on: connection)
            if starting == 0 {
                state.withLock { state in
                    state.deadline = sentAt + Self.trust
                    state.mustRewriteTally = others == 0
                }
                return others > 0
            }
            guard ContinuousClock.now < deadline else {
                throw SQLError(
                    kind: .unavailable,
                    message:
                        "another gateway on it has been starting for \(Self.longestStart), and this one has to wait "
                        + "for its end; see that one's log", doing: "opening the database")
            }
            usleep(Self.pauseOfStartMicroseconds)
        }
    }

    /// Does nothing where another process is starting.
    private func joinOnce(on connection: Connection) throws(SQLError) -> (others: Int, starting: Int) {
        let driver = connection.driver
        do throws(SQLError) {
            try driver.begin()
            let counts = try connection.first(
                ReplicaQuery.others, [":home": .id(identity.home), ":boot": .text(identity.boot)]
            ) { (row) throws(SQLError) in (others: try row.integer(), starting: try row.integer()) }
            guard let counts else { throw .unreadable("the count of the gateways") }
            if counts.starting == 0 { try connection.write(ReplicaQuery.join, row) }
            try driver.commit()
            return counts
        } catch {
            driver.rollBack()
            throw error
        }
    }

    var row: Bindings { row(as: id) }

    func row(as id: ULID) -> Bindings {
        [
            ":id": .id(id), ":home": .id(identity.home), ":boot": .text(identity.boot),
            ":name": .text(identity.name),
            ":version": .text(identity.version),
        ]
    }

    /// A start may have to read a long queue.
    private static let longestStart = Duration.seconds(60)
    private static let pauseOfStartMicroseconds: UInt32 = 100_000
}
