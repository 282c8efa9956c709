import GatewayCore
import NIOCore
import Synchronization

/// What TLS and HTTP/2 bring along.
extension Connections {
    /// False where no further stream may begin. Where all streams are taken, the connection with some that has been
    /// silent longest is closed.
    func beginsStream(_ entry: Entry) -> Bool {
        let (mayBegin, closed) = state.withLock { state -> (Bool, Entry?) in
            guard state.entries[entry.id] != nil,
                state.streams.held(by: entry.address) < bounds.perAddress ?? state.streams.limitPerOwner
            else { return (false, nil) }
            var closed: Entry?
            if state.streams.held >= state.streams.capacity {
                closed = state.silent.first { $0.streams > 0 && $0 !== entry }.map { state.remove($0) }
                guard closed != nil else { return (false, nil) }
            }
            state.streams.take(for: entry.address, at: entry.address)
            entry.streams += 1
            return (true, closed)
        }
        closed?.end()
        return mayBegin
    }

    func endsStream(_ entry: Entry) {
        state.withLock { state in
            guard entry.streams > 0 else { return }
            entry.streams -= 1
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
