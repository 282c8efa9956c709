import GatewayCore
import IPRanges
import NIOCore
import Synchronization

/// The open connections of one listener, in the order in which they fell silent.
///
/// Whoever has nothing to say does not keep others out: where no more connections may be open, of all or of one address,
/// the one that has been silent longest is closed for the new one; and the patience with silent ones shrinks when three
/// quarters of all are taken. Silent is everyone that the gateway waits for: between two requests, in the middle of a
/// request, and before an answer that is not read.
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
        var places: [ObjectIdentifier: Place] = [:]
        /// Those that are silent, the longest first.
        var silent = SilentList()
        var shares: FairShare<IPAddress?, IPAddress?>
        var answers: FairShare<IPAddress?, IPAddress?>
        /// A new connection waits for a place.
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

    /// Whether a further connection may be accepted; where not, the next that falls silent is closed for it.
    var isAccepting: Bool {
        state.withLock { state in
            state.isWanted = state.places.count >= bounds.total && state.silent.first == nil
            return !state.isWanted
        }
    }

    /// Nil for a channel that is gone, or that is no connection of the listener's.
    func place(of channel: any Channel) -> Place? { state.withLock { $0.places[ObjectIdentifier(channel)] } }

    var count: Int { state.withLock { $0.places.count } }

    /// Nil where the address has as many connections as it may and none of them is silent.
    func enter(_ channel: any Channel, now: ContinuousClock.Instant = .now) -> Place? {
        let place = Place(in: self, channel, channel.remoteAddress?.ipAddress.flatMap { IPAddress($0) })
        var closed: [any Channel] = []
        let hasEntered = state.withLock { state in
            let ofAddress = state.shares.held(by: place.address)
            if ofAddress >= bounds.perAddress ?? state.shares.limitPerOwner {
                guard let other = state.silent.first(where: { $0.address == place.address }) else { return false }
                closed.append(state.remove(other))
            }
            if state.places.count >= bounds.total, let other = state.silent.first { closed.append(state.remove(other)) }
            while let other = state.silent.first, other.since + patience(with: state.places.count) < now {
                closed.append(state.remove(other))
            }
            state.add(place, now)
            return true
        }
        for channel in closed { channel.close(promise: nil) }
        return hasEntered ? place : nil
    }

    /// How long a connection may be silent while so many are open.
    func patience(with count: Int) -> Duration {
        let quarter = max(bounds.total / 4, 1)
        let free = bounds.total - count
        guard free < quarter else { return bounds.patience }
        return max(bounds.patience * max(free, 0) / quarter, min(bounds.patience, .seconds(1)))
    }

    fileprivate func leave(_ place: Place) {
        state.withLock { _ = $0.remove(place) }
    }

    fileprivate func becomesBusy(_ place: Place) {
        state.withLock { $0.silent.remove(place) }
    }

    fileprivate func becomesSilent(_ place: Place) {
        let isOver = state.withLock { state in
            guard state.places[place.id] != nil else { return false }
            state.silent.remove(place)
            if state.isWanted {
                state.isWanted = false
                _ = state.remove(place)
                return true
            }
            state.silent.append(place, since: .now)
            return false
        }
        if isOver { place.channel.close(promise: nil) }
    }

    /// Where answers that nobody takes come to more than they may, those that were written to for the last time longest
    /// ago are closed.
    fileprivate func holds(_ bytes: Int, more: Int, _ place: Place) {
        let closed = state.withLock { state -> [any Channel] in
            guard state.places[place.id] != nil else { return [] }
            place.heldBytes = bytes
            if more > 0 {
                state.answers.take(more, for: place.address, at: place.address)
            } else {
                state.answers.giveBack(-more, of: place.address, at: place.address, after: .silent)
            }
            var closed: [any Channel] = []
            while more > 0, let other = state.tooMuch(of: place.address) { closed.append(state.remove(other)) }
            return closed
        }
        for channel in closed { channel.close(promise: nil) }
    }
}

extension Connections.State {
    fileprivate mutating func add(_ place: Connections.Place, _ now: ContinuousClock.Instant) {
        places[place.id] = place
        shares.take(for: place.address, at: place.address)
        silent.append(place, since: now)
    }

    /// Does nothing for one that is gone.
    fileprivate mutating func remove(_ place: Connections.Place) -> any Channel {
        silent.remove(place)
        guard places.removeValue(forKey: place.id) != nil else { return place.channel }
        shares.giveBack(of: place.address, at: place.address, after: .silent)
        if place.heldBytes > 0 {
            answers.giveBack(place.heldBytes, of: place.address, at: place.address, after: .silent)
        }
        return place.channel
    }

    /// Whose answer is too much: of the address, where it has more than its half; of anybody, where all is taken.
    fileprivate func tooMuch(of address: IPAddress?) -> Connections.Place? {
        if answers.held > answers.capacity { return silent.first { $0.heldBytes > 0 } }
        guard answers.held(by: address) > answers.limitPerOwner else { return nil }
        return silent.first { $0.heldBytes > 0 && $0.address == address }
    }
}

extension Connections {
    /// One connection's place among all.
    ///
    /// `@unchecked Sendable`: `since`, `heldBytes` and the neighbours are read and written under the lock of the
    /// connections alone, and the rest never changes.
    final class Place: @unchecked Sendable {
        fileprivate let connections: Connections
        fileprivate let channel: any Channel
        fileprivate var id: ObjectIdentifier { ObjectIdentifier(channel) }
        /// At the other end.
        let peer: IPAddress?
        fileprivate let address: IPAddress?
        fileprivate(set) var since = ContinuousClock.Instant.now
        fileprivate var heldBytes = 0
        fileprivate var before: Place?
        fileprivate var after: Place?
        fileprivate var isListed = false

        fileprivate init(in connections: Connections, _ channel: any Channel, _ peer: IPAddress?) {
            self.connections = connections
            self.channel = channel
            self.peer = peer
            address = peer?.network
        }

        /// The gateway has something to do for it.
        func becomesBusy() { connections.becomesBusy(self) }

        /// It is the peer that is waited for, from now on.
        func becomesSilent() { connections.becomesSilent(self) }

        /// So many octets of answers were written and not taken.
        func holds(_ bytes: Int, since had: Int) { connections.holds(bytes, more: bytes - had, self) }

        func leave() { connections.leave(self) }
    }

    /// A list in which each finds its own place at once.
    fileprivate struct SilentList: Sequence {
        private(set) var first: Place?
        private var last: Place?

        mutating func append(_ place: Place, since now: ContinuousClock.Instant) {
            place.since = now
            place.isListed = true
            place.before = last
            last?.after = place
            last = place
            if first == nil { first = place }
        }

        mutating func remove(_ place: Place) {
            guard place.isListed else { return }
            place.isListed = false
            if let before = place.before { before.after = place.after } else { first = place.after }
            if let after = place.after { after.before = place.before } else { last = place.before }
            (place.before, place.after) = (nil, nil)
        }

        func makeIterator() -> AnyIterator<Place> {
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
