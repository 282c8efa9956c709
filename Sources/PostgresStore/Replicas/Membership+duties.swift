import GatewayCore
import SQLStore
import Synchronization

/// What a round has to do with the duties of this process.
extension Membership {
    /// Says for which MMSCs of this process it does not pay to wait.
    func tellDown(on connection: Connection) throws(SQLError) {
        let (id, down, told) = state.withLock { ($0.id, $0.down, $0.toldDown) }
        for mmsc in down.symmetricDifference(told) {
            let isDown = down.contains(mmsc)
            let count = try connection.run(
                ReplicaQuery.tellDown,
                [
                    ":is_down": .flag(isDown), ":name": .text(Duty.lane(mmsc: mmsc).name), ":owner": .id(id),
                ])
            // While the lane is not this process's, there is nothing to tell, and later there may be.
            guard count == 1 || !isDown else { continue }
            state.withLock { state in
                if isDown { state.toldDown.insert(mmsc) } else { state.toldDown.remove(mmsc) }
            }
        }
    }

    /// Gives the duties to others where this process cannot write: its lease goes by another connection, which may stand
    /// all the same. It stops by itself first, and gives them away with the next round.
    func giveUpUnused(on connection: Connection) throws(SQLError) {
        let (id, hasToGive, onLapse) = state.withLock { state -> (ULID, Bool, (@Sendable () -> Void)?) in
            guard let since = state.unwritableSince, since.duration(to: .now) > Self.trust, state.portion.count > 1
            else { return (state.id, false, nil) }
            guard !state.duties.isEmpty else { return (state.id, true, nil) }
            state.lapse()
            return (state.id, false, state.onLapse)
        }
        onLapse?()
        guard hasToGive, try connection.run(ReplicaQuery.resign, [":id": .id(id)]) > 0 else { return }
        bell?.ring([Bell.resigned])
    }
}
