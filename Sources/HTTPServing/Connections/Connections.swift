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

    struct State {
        /// By their channels.
        var entries: [ObjectIdentifier: Entry] = [:]
        /// The silent connections, the longest silent first.
        var silent = SilentList()
        var shares: FairShare<IPAddress?, IPAddress?>
        var answers: FairShare<IPAddress?, IPAddress?>
        /// Requests by HTTP/2: as many may be under way as by HTTP/1.1, which has one for each connection.
        var streams: FairShare<IPAddress?, IPAddress?>
        /// Those of connections that were closed to make room, which are about to end.
        var leavingStreams = 0
        /// Whether a new connection waits to be admitted.
        var isWanted = false
    }

    let bounds: Bounds
    let state: Mutex<State>

    init(_ bounds: Bounds) {
        self.bounds = bounds
        state = Mutex(
            State(
                shares: FairShare(.connections, capacity: bounds.total),
                answers: FairShare(.answerMemory, capacity: bounds.answerBytes),
                streams: FairShare(.streams, capacity: bounds.total)))
    }

    /// Whether a further connection may be accepted; if not, the next that falls silent is closed for it.
    var isAccepting: Bool {
        state.withLock { state in
            state.isWanted = state.entries.count >= bounds.total && state.silent.first == nil
            return !state.isWanted
        }
    }

    /// The connection of a channel or of a stream's; nil for one that is gone, or that is not the listener's.
    func entry(of channel: any Channel) -> Entry? {
        state.withLock { state in
            state.entries[ObjectIdentifier(channel)] ?? channel.parent.flatMap { state.entries[ObjectIdentifier($0)] }
        }
    }

    var count: Int { state.withLock { $0.entries.count } }

    /// Nil where the address has as many connections as it may and none of them is silent.
    func enter(_ channel: any Channel, isSecure: Bool = false, now: ContinuousClock.Instant = .now) -> Entry? {
        let address = channel.remoteAddress?.ipAddress.flatMap { IPAddress($0) }
        let entry = Entry(in: self, channel, address, isSecure: isSecure)
        var closed: [Entry] = []
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
        for entry in closed { entry.end() }
        return hasEntered ? entry : nil
    }

    /// How long a connection may be silent while so many are open.
    func patience(with count: Int) -> Duration {
        let quarter = max(bounds.total / 4, 1)
        let free = bounds.total - count
        guard free < quarter else { return bounds.patience }
        return max(bounds.patience * max(free, 0) / quarter, min(bounds.patience, .seconds(1)))
    }

    func leave(_ entry: Entry) {
        state.withLock { _ = $0.remove(entry) }
    }

    func becomesBusy(_ entry: Entry) {
        state.withLock { $0.silent.remove(entry) }
    }

    func becomesSilent(_ entry: Entry) {
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
        if isOver { entry.end() }
    }

    /// Where answers that nobody takes are more than allowed, the connections are closed to which nothing was written
    /// for the longest time.
    func holds(_ bytes: Int, more: Int, _ entry: Entry) {
        let closed = state.withLock { state -> [Entry] in
            guard state.entries[entry.id] != nil else { return [] }
            entry.heldBytes = bytes
            if more > 0 {
                state.answers.take(more, for: entry.address, at: entry.address)
            } else {
                state.answers.giveBack(-more, of: entry.address, at: entry.address, after: .silent)
            }
            var closed: [Entry] = []
            while more > 0, let other = state.tooMuch(of: entry.address) { closed.append(state.remove(other)) }
            return closed
        }
        for entry in closed { entry.end() }
    }
}

extension Connections.State {
    mutating func add(_ entry: Connections.Entry, _ now: ContinuousClock.Instant) {
        entries[entry.id] = entry
        shares.take(for: entry.address, at: entry.address)
        silent.append(entry, since: now)
    }

    /// Removes an entry; does nothing for one that is gone.
    mutating func remove(_ entry: Connections.Entry) -> Connections.Entry {
        silent.remove(entry)
        guard entries.removeValue(forKey: entry.id) != nil else { return entry }
        shares.giveBack(of: entry.address, at: entry.address, after: .silent)
        if entry.heldBytes > 0 {
            answers.giveBack(entry.heldBytes, of: entry.address, at: entry.address, after: .silent)
        }
        return entry
    }

    /// The entry whose answer is too much: one of the address where that has more than its half, any where all is
    /// taken.
    func tooMuch(of address: IPAddress?) -> Connections.Entry? {
        if answers.held > answers.capacity { return silent.first { $0.heldBytes > 0 } }
        guard answers.held(by: address) > answers.limitPerOwner else { return nil }
        return silent.first { $0.heldBytes > 0 && $0.address == address }
    }
}
