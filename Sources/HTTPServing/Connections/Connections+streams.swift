import GatewayCore
import NIOCore
import Synchronization

/// What TLS and HTTP/2 bring along.
extension Connections {
    /// The most requests under way of one address, however many connections there may be: each of another waits behind
    /// these for its turn at the processors.
    static let streamsPerAddress = 256

    /// False where no further stream may begin. Where all streams are taken, the connection with some that has been
    /// silent longest is closed.
    func beginsStream(_ entry: Entry) -> Bool {
        let (mayBegin, closed) = state.withLock { state -> (Bool, Entry?) in
            guard state.entries[entry.id] != nil,
                state.streams.held(by: entry.address)
                    < min(
                        Self.streamsPerAddress, bounds.perAddress ?? state.streams.limitPerOwner)
            else { return (false, nil) }
            var closed: Entry?
            if state.streams.held - state.leavingStreams >= state.streams.capacity {
                guard let other = state.silent.first(where: { $0.streams > 0 && $0 !== entry }) else {
                    return (false, nil)
                }
                closed = state.remove(other)
                other.isLeaving = true
                state.leavingStreams += other.streams
            }
            state.streams.take(for: entry.address, at: entry.address)
            entry.streams += 1
            return (true, closed)
        }
        closed?.end()
        return mayBegin
    }

    /// The request that began is over: answered, or given up.
    func endsStream(_ entry: Entry) {
        state.withLock { state in
            entry.streams -= 1
            if entry.isLeaving { state.leavingStreams -= 1 }
            state.streams.giveBack(of: entry.address, at: entry.address, after: .silent)
        }
    }

    func showsCertificate(_ entry: Entry) { state.withLock { _ in entry.hasCertificate = true } }

    /// Whether the peer has shown a certificate of the listener's authorities.
    func hasCertificate(_ channel: any Channel) -> Bool {
        guard let entry = entry(of: channel) else { return false }
        return state.withLock { _ in entry.hasCertificate }
    }
}
