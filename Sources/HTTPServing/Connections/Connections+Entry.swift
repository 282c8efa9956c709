import IPRanges
import NIOCore

extension Connections {
    /// One connection of the listener, as it is counted and listed.
    ///
    /// `@unchecked Sendable`: what may change is read and written under the lock of the connections alone.
    final class Entry: @unchecked Sendable {
        let connections: Connections
        let channel: any Channel
        var id: ObjectIdentifier { ObjectIdentifier(channel) }
        /// The address at the other end.
        let peer: IPAddress?
        let address: IPAddress?
        /// Whether it speaks TLS.
        let isSecure: Bool
        /// Whether the peer has shown a certificate of the listener's authorities.
        var hasCertificate = false
        /// Requests by HTTP/2 that are under way, also where their streams were reset or the connection is closed.
        var streams = 0
        /// Whether it was closed to make room for requests of others.
        var isLeaving = false
        var since = ContinuousClock.Instant.now
        var heldBytes = 0
        var before: Entry?
        var after: Entry?
        var isListed = false

        init(in connections: Connections, _ channel: any Channel, _ peer: IPAddress?, isSecure: Bool) {
            self.connections = connections
            self.channel = channel
            self.peer = peer
            address = peer?.network
            self.isSecure = isSecure
        }

        /// The gateway has something to do for it.
        func becomesBusy() { connections.becomesBusy(self) }

        /// The gateway waits for the peer from now on.
        func becomesSilent() { connections.becomesSilent(self) }

        /// So many octets of answers were written and not taken.
        func holds(_ bytes: Int, since had: Int) { connections.holds(bytes, more: bytes - had, self) }

        /// False where no further stream may begin on it.
        func beginsStream() -> Bool { connections.beginsStream(self) }

        func endsStream() { connections.endsStream(self) }

        func showsCertificate() { connections.showsCertificate(self) }

        func leave() { connections.leave(self) }

        /// Closes it at once.
        func end() {
            if isSecure {
                channel.triggerUserOutboundEvent(TLSDoor.Abandonment(), promise: nil)
            } else {
                channel.close(promise: nil)
            }
        }
    }

    /// A list in which each entry knows its neighbours, so that any leaves it at once.
    struct SilentList: Sequence {
        private(set) var first: Entry?
        private var last: Entry?

        mutating func append(_ entry: Entry, since now: ContinuousClock.Instant) {
            entry.since = now
            entry.isListed = true
            entry.before = last
            last?.after = entry
            last = entry
            if first == nil { first = entry }
        }

        mutating func remove(_ entry: Entry) {
            guard entry.isListed else { return }
            entry.isListed = false
            if let before = entry.before { before.after = entry.after } else { first = entry.after }
            if let after = entry.after { after.before = entry.before } else { last = entry.before }
            (entry.before, entry.after) = (nil, nil)
        }

        func makeIterator() -> AnyIterator<Entry> {
            var next = first
            return AnyIterator {
                defer { next = next?.after }
                return next
            }
        }
    }
}

extension IPAddress {
    /// What one peer has at its disposal: an IPv4 address, or the 64 leading bits of an IPv6 one.
    var network: IPAddress {
        switch self {
        case .v4: self
        case .v6(let bits): .v6((bits >> 64) << 64)
        }
    }
}
