import CPostgres
import GatewayCore
import Glibc
import SQLStore
import Synchronization

/// Tells the other processes what became due by a commit, and hears it from them, by NOTIFY.
///
/// It saves waiting, and nothing depends on it: each loop looks again after a second. What rings within 10 ms goes
/// together, after the commits and not in them, since the server gives all notifications of a database one order. The
/// server does not wait for its disk for them.
final class Bell: Sendable {
    private struct State {
        /// What is to be told, in words.
        var waiting: Set<String> = []
        var onResigned: @Sendable () -> Void = {}
        var isClosed = false
    }

    private let state = Mutex(State())
    /// A pipe: a ring makes its first end readable.
    private let wake: (reading: Int32, writing: Int32)
    private let server: PostgresServer
    private let signals: WorkSignals

    static let pause = Duration.milliseconds(10)

    init(_ server: PostgresServer, signals: WorkSignals) throws(SQLError) {
        (self.server, self.signals) = (server, signals)
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw SQLError(kind: .unavailable, message: String(cString: strerror(errno)), doing: "making a pipe")
        }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        wake = (ends[0], ends[1])
    }

    deinit {
        Glibc.close(wake.reading)
        Glibc.close(wake.writing)
    }

    /// Tells the others, soon.
    func ring(_ words: [String]) {
        guard !words.isEmpty else { return }
        let isFirst = state.withLock { state in
            let isFirst = state.waiting.isEmpty
            state.waiting.formUnion(words)
            return isFirst
        }
        if isFirst { awaken() }
    }

    /// Sets what is done when another process gave its duties back.
    func onResigned(_ body: @escaping @Sendable () -> Void) { state.withLock { $0.onResigned = body } }

    func close() {
        state.withLock { $0.isClosed = true }
        awaken()
    }

    /// A pipe that is full wakes all the same.
    private func awaken() {
        var octet: UInt8 = 0
        _ = write(wake.writing, &octet, 1)
    }

    /// Listens and rings until it is closed, on a thread of its own.
    func run() {
        var line: BellLine?
        var isFirst = true
        var nextRing = ContinuousClock.now
        while !state.withLock(\.isClosed) {
            if line?.isLost ?? true {
                line = BellLine(server)
                guard line != nil else {
                    wait(for: nil, .seconds(1))
                    continue
                }
                // What was rung meanwhile was not heard. At the start everybody looks by himself.
                if !isFirst { signals.raiseAll() }
                isFirst = false
            }
            let now = ContinuousClock.now
            if now >= nextRing, ringWaiting(over: line) { nextRing = now + Self.pause }
            hear(from: line)
            let rest = state.withLock { $0.waiting.isEmpty } ? .seconds(1) : now.duration(to: nextRing)
            wait(for: line?.descriptor, max(rest, .milliseconds(1)))
        }
        // The last words: that the duties are given back.
        ringWaiting(over: line)
    }

    @discardableResult
    private func ringWaiting(over line: BellLine?) -> Bool {
        let words = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        if !words.isEmpty { line?.ring(words.sorted()) }
        return !words.isEmpty
    }

    private func hear(from line: BellLine?) {
        guard let words = line?.heard(), !words.isEmpty else { return }
        if words.contains(Self.resigned) { state.withLock(\.onResigned)() }
        for word in words { signals.raise(word) }
    }

    /// The word for duties that a process gave back.
    static let resigned = "resigned"

    private func wait(for descriptor: Int32?, _ time: Duration) {
        var descriptors = [pollfd(fd: wake.reading, events: Int16(POLLIN), revents: 0)]
        if let descriptor { descriptors.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)) }
        _ = poll(&descriptors, nfds_t(descriptors.count), Int32(clamping: Int(time.seconds * 1000)))
        var octets = [UInt8](repeating: 0, count: 64)
        if descriptors[0].revents != 0 { _ = read(wake.reading, &octets, octets.count) }
    }
}
