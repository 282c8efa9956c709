import GatewayCore
import IPRanges
import NIOCore
import Synchronization

/// The open connections of one listener, in the order in which they fell silent.
///
/// A silent connection does not keep others out: where no more connections may be open, of all or of one address, the
/// one that has been silent longest is closed for the new one; and the patience with silent ones shrinks when three
/// quarters of all are taken. A connection is silent while the gateway waits for its peer: between two requests, in the
/// middle of a request, and before an answer that is not read.
final class Connections: Sendable {
    struct Bounds: Sendable {
        var total: Int
        /// Connections of one address; nil means half of all.
        var perAddress: Int?
        var patience: Duration
        /// The octets of all answers that were written and not taken.
        var answerBytes: Int
    }

    fileprivate struct State {
        /// By their channels.
        var entries: [ObjectIdentifier: Entry] = [:]
        /// The silent connections, the longest silent first.
        var silent = SilentList()
        var shares: FairShare<IPAddress?, IPAddress?>
        var answers: FairShare<IPAddress?, IPAddress?>
        /// Whether a new connection waits to be admitted.
        var isWanted = false
    }

    let bounds: Bounds
    private let state: Mutex<State>

    init(_ bounds: Bounds) {
        self.bounds = bounds
        state = Mutex(
            State(
                shares: FairShare(.connections, capacity: bounds.total),
                answers: FairShare(.answerMemory, capacity: bounds.answerBytes)))
    }

    /// Whether a further connection may be accepted; if not, the next that falls silent is closed for it.
    var isAccepting: Bool {
        state.withLock { state in
            state.isWanted = state.entries.count >= bounds.total && state.silent.first == nil
            return !state.isWanted
        }
    }

    /// Nil for a channel that is gone, or that is no connection of the listener's.
    func entry(of channel: any Channel) -> Entry? { state.withLock { $0.entries[ObjectIdentifier(channel)] } }

    var count: Int { state.withLock { $0.entries.count } }

    /// Nil where the address has as many connections as it may and none of them is silent.
    func enter(_ channel: any Channel, now: ContinuousClock.Instant = .now) -> Entry? {
        let entry = Entry(in: self, channel, channel.remoteAddress?.ipAddress.flatMap { IPAddress($0) })
        var closed: [any Channel] = []
        let hasEntered = state.withLock { state in
            let ofAddress = state.shares.held(by: entry.address)
            if ofAddress >= bounds.perAddress ?? state.shares.limitPerOwner {
                guard let other = state.silent.first(where: { $0.address == entry.address }) else { return false }
                closed.append(state.remove(other))
            }
            if state.entries.count >= bounds.total, let other = state.silent.first {
                closed.append(state.remove(other))
            }
            while let other = state.silent.first, other.since + patience(with: state.entries.count) < now {
                closed.append(state.remove(other))
            }
            state.add(entry, now)
            return true
        }
        for channel in closed { channel.close(promise: nil) }
        return hasEntered ? entry : nil
    }

    /// How long a connection may be silent while so many are open.
    func patience(with count: Int) -> Duration {
        let quarter = max(bounds.total / 4, 1)
        let free = bounds.total - count
        guard free < quarter else { return bounds.patience }
        return max(bounds.patience * max(free, 0) / quarter, min(bounds.patience, .seconds(1)))
    }

    fileprivate func leave(_ entry: Entry) {
        state.withLock { _ = $0.remove(entry) }
    }

    fileprivate func becomesBusy(_ entry: Entry) {
        state.withLock { $0.silent.remove(entry) }
    }

    fileprivate func becomesSilent(_ entry: Entry) {
        let isOver = state.withLock { state in
            guard state.entries[entry.id] != nil else { return false }
            state.silent.remove(entry)
            if state.isWanted {
                state.isWanted = false
                _ = state.remove(entry)
                return true
            }
            state.silent.append(entry, since: .now)
            return false
        }
        if isOver { entry.channel.close(promise: nil) }
    }

    /// Where answers that nobody takes are more than allowed, the connections are closed to which nothing was written
    /// for the longest time.
    fileprivate func holds(_ bytes: Int, more: Int, _ entry: Entry) {
        let closed = state.withLock { state -> [any Channel] in
            guard state.entries[entry.id] != nil else { return [] }
            entry.heldBytes = bytes
            if more > 0 {
                state.answers.take(more, for: entry.address, at: entry.address)
            } else {
                state.answers.giveBack(-more, of: entry.address, at: entry.address, after: .silent)
            }
            var closed: [any Channel] = []
            while more > 0, let other = state.tooMuch(of: entry.address) { closed.append(state.remove(other)) }
            return closed
        }
        for channel in closed { channel.close(promise: nil) }
    }
}

extension Connections.State {
    fileprivate mutating func add(_ entry: Connections.Entry, _ now: ContinuousClock.Instant) {
        entries[entry.id] = entry
        shares.take(for: entry.address, at: entry.address)
        silent.append(entry, since: now)
    }

    /// Removes an entry; does nothing for one that is gone.
    fileprivate mutating func remove(_ entry: Connections.Entry) -> any Channel {
        silent.remove(entry)
        guard entries.removeValue(forKey: entry.id) != nil else { return entry.channel }
        shares.giveBack(of: entry.address, at: entry.address, after: .silent)
        if entry.heldBytes > 0 {
            answers.giveBack(entry.heldBytes, of: entry.address, at: entry.address, after: .silent)
        }
        return entry.channel
    }

    /// The entry whose answer is too much: one of the address where that has more than its half, any where all is
    /// taken.
    fileprivate func tooMuch(of address: IPAddress?) -> Connections.Entry? {
        if answers.held > answers.capacity { return silent.first { $0.heldBytes > 0 } }
        guard answers.held(by: address) > answers.limitPerOwner else { return nil }
        return silent.first { $0.heldBytes > 0 && $0.address == address }
    }
}

extension Connections {
    /// One connection of the listener, as it is counted and listed.
    ///
    /// `@unchecked Sendable`: `since`, `heldBytes` and the neighbours are read and written under the lock of the
    /// connections alone, and the rest never changes.
    final class Entry: @unchecked Sendable {
        fileprivate let connections: Connections
        fileprivate let channel: any Channel
        fileprivate var id: ObjectIdentifier { ObjectIdentifier(channel) }
        /// The address at the other end.
        let peer: IPAddress?
        fileprivate let address: IPAddress?
        fileprivate(set) var since = ContinuousClock.Instant.now
        fileprivate var heldBytes = 0
        fileprivate var before: Entry?
        fileprivate var after: Entry?
        fileprivate var isListed = false

        fileprivate init(in connections: Connections, _ channel: any Channel, _ peer: IPAddress?) {
            self.connections = connections
            self.channel = channel
            self.peer = peer
            address = peer?.network
        }

        /// The gateway has something to do for it.
        func becomesBusy() { connections.becomesBusy(self) }

        /// The gateway waits for the peer from now on.
        func becomesSilent() { connections.becomesSilent(self) }

        /// So many octets of answers were written and not taken.
        func holds(_ bytes: Int, since had: Int) { connections.holds(bytes, more: bytes - had, self) }

        func leave() { connections.leave(self) }
    }

    /// A list in which each entry knows its neighbours, so that any leaves it at once.
    fileprivate struct SilentList: Sequence {
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
